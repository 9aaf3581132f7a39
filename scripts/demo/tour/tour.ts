import { apiOf } from '../running.ts';
import type { Demo } from '../summary.ts';
import { notice, resolve } from './drifting.ts';
import { answers, callIt, NAME, wordIn } from './order-status.ts';
import { plan, release, saveDev } from './releasing.ts';
import type { Stage } from './stage.ts';
import { Teller } from './teller.ts';

/** What dev may call a parcel on its way; the tour takes one that neither instance says now, so that it can be walked again. */
const WORDS = ['on its way', 'handed over', 'in the post'];
const MISTAKE = 'lost';
const HOTFIX = 'out for delivery';

/**
 * The story of the product on a running demo: changed, approved, promoted, edited behind its back, noticed, taken back
 * once and kept once. Throws with a sentence where it cannot go on; what it did until then stands and can be walked again.
 */
export async function walk(demo: Demo, print: (line: string) => void = console.log): Promise<void> {
  const [dev, production] = demo.environments;
  if (!dev || !production) throw new Error('The demo has no two environments.');
  const teller = new Teller(print);
  const stage: Stage = { api: apiOf(demo), dev, production, teller };

  const word = await changeDev(stage);
  await saveDev(stage);
  const deploymentId = await release(stage, await plan(stage));
  teller.say('n8n', await answers(word, production));

  const mistake = await notice(stage, MISTAKE);
  teller.chapter('Nobody approved that: it is reverted.');
  await resolve(stage, mistake, { resolution: 'revert', reason: 'Nobody asked for it.', word });

  const hotfix = await notice(stage, HOTFIX);
  teller.chapter('That one was right: it is kept, as a commit.');
  await resolve(stage, hotfix, { resolution: 'keep', reason: 'The night shift was right.', word: HOTFIX });

  teller.end('Nothing partial, nothing lost, nothing claimed that was not verified.');
  const { tenant } = await stage.api.get<{ tenant: { slug: string } }>('/auth/me');
  const page = `${demo.url}/t/${tenant.slug}`;
  teller.say('look', `${page}/deployments/${deploymentId}`, `${page}/incidents/${hotfix.incident.id}`);
  teller.say('sign in', `${demo.email}  ${demo.password}`);
}

async function changeDev({ dev, production, teller }: Stage): Promise<string> {
  const spoken = [await wordIn(dev), await wordIn(production)];
  const word = WORDS.find((candidate) => !spoken.includes(candidate)) ?? 'on its way';
  teller.chapter(`Somebody improves "${NAME}" in ${dev.name}: an order is "${word}" instead of "${spoken[0]}".`);
  const id = await callIt(word, dev);
  teller.say('n8n', `PUT /workflows/${id} on ${dev.baseUrl}`, await answers(word, dev));
  return word;
}
