import { type BrowserContext, chromium, type Page } from '@playwright/test';
import type { Scope } from '../scripts/command.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { startApplication } from './house/application.ts';
import { addWorkflow, newBenchTenant } from './house/database.ts';
import { median } from './house/timing.ts';
import { withMixedChanges, workflowBody } from './workflow/documents.ts';

const NODES = 500;
const ROUNDS = 5;
const STEPS = 20;

type Body = { name: string; nodes: readonly unknown[] };

/** Runs in the page: what `act` leads to is there when `arrived` says so and a frame with it was drawn. ms. */
async function timeInPage([action, sign]: readonly [action: string, sign: string]): Promise<number> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const chosen = () => document.querySelector('[aria-label="Changes"] [aria-current]')?.textContent;
  const inView = (element: Element) => {
    const [pane, box] = [document.querySelector('.react-flow')!, element].map((one) => one.getBoundingClientRect());
    return box!.right > pane!.left && box!.left < pane!.right && box!.bottom > pane!.top && box!.top < pane!.bottom;
  };
  const last = chosen();
  const started = performance.now();
  if (action === 'n') document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true }));
  else
    document
      .querySelector<HTMLElement>(action)!
      .dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0 }));
  for (;;) {
    await frame();
    if (performance.now() - started > 20_000) throw new Error(`${sign} did not appear.`);
    const found = document.querySelector(sign);
    if (found && inView(found) && chosen() !== last) break;
  }
  // The callback runs before its frame is drawn; the next one after.
  await frame();
  return performance.now() - started;
}

const TAB = '[role=tab]:nth-of-type(2)';
const CHOSEN = '.react-flow__node.selected';

async function openWorkflow(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.locator('.react-flow__node').first().waitFor();
  return page;
}

async function measure(context: BrowserContext, url: string) {
  const paints: number[] = [];
  const steps: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await openWorkflow(context, url);
    paints.push(await page.evaluate(timeInPage, [TAB, CHOSEN] as const));
    for (let step = 0; step < STEPS; step += 1) steps.push(await page.evaluate(timeInPage, ['n', CHOSEN] as const));
    await page.close();
  }
  return { paints, steps };
}

async function run(scope: Scope): Promise<Measurement[]> {
  const { origin, databaseUrl } = await startApplication(scope);
  const tenant = await newBenchTenant(databaseUrl, { workflows: 1 });
  const published = workflowBody(NODES);
  const draft = withMixedChanges(published);
  const id = await addWorkflow(databaseUrl, tenant, draft as unknown as Body, published as unknown as Body);
  const browser = await chromium.launch({
    executablePath: process.env.PLAYWRIGHT_CHROMIUM || undefined,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  scope.onEnd(() => void browser.close());
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies([{ name: 'n8nops-session', value: tenant.sessionToken, url: origin }]);
  const { paints, steps } = await measure(context, `${origin}/t/${tenant.slug}/workflows/${id}`);
  return [
    {
      name: `${NODES} nodes: from the tab to the painted canvas, median of ${ROUNDS}`,
      value: median(paints),
      unit: 'ms',
      goal: 400,
    },
    { name: `${NODES} nodes: the same, slowest`, value: Math.max(...paints), unit: 'ms' },
    { name: `${NODES} nodes: a step by n, median of ${steps.length}`, value: median(steps), unit: 'ms', goal: 100 },
    { name: `${NODES} nodes: the same, slowest`, value: Math.max(...steps), unit: 'ms', goal: 100 },
  ];
}

/** The pictured diff of a large workflow in a real browser: when it first shows, and each step through it. */
export default {
  title: 'the pictured diff in Chromium: list, merged canvas and values of two workflows with about 40 changes',
  run,
} satisfies Benchmark;
