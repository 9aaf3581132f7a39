import type { Environment } from '@/lib/features/connections/environments/schema';

export type HomeVerdict = { finding: string; rest: string };

const names = (environments: readonly Environment[]) => list(environments.map(({ name }) => name));
const list = (words: readonly string[]) =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
const count = (n: number, noun: string) => `${n === 1 ? 'One' : n} ${noun}${n === 1 ? '' : 's'}`;

/**
 * The first sentence of the day: the worst that is known, then what could not be checked. Nothing is called fine that
 * was not looked at.
 */
export function verdictOf(environments: readonly Environment[]): HomeVerdict {
  const drifted = environments.filter(({ axes }) => axes.drift.status === 'drifted');
  const away = environments.filter(({ axes }) => ['unreachable', 'refused'].includes(axes.connection.status));
  const unread = environments.filter(
    ({ axes }) => axes.freshness.status === 'never' && !away.some((one) => one.axes === axes),
  );
  const stale = environments.filter((one) => one.axes.freshness.status === 'stale' && !away.includes(one));
  const unchecked = environments.filter((one) => one.axes.drift.problem && !away.includes(one));
  const rest = [
    unchecked.length > 0 && `Checks of ${names(unchecked)} fail: what is said of drift there is older.`,
    stale.length > 0 && `What is shown of ${names(stale)} is older than it should be.`,
    unread.length > 0 && `${names(unread)} ${unread.length === 1 ? 'has' : 'have'} not been read yet.`,
  ].filter(Boolean);
  if (drifted.length > 0) {
    const missing = away.length > 0 ? [`${names(away)} could not be checked.`] : [];
    return {
      finding: `${names(drifted)} ${drifted.length === 1 ? 'has' : 'have'} drifted.`,
      rest: [...missing, ...rest].join(' '),
    };
  }
  if (away.length > 0) {
    const finding = `${names(away)} ${away.length === 1 ? 'does' : 'do'} not answer.`;
    return { finding, rest: ['What is known of it has its age.', ...rest].join(' ') };
  }
  if (unread.length === environments.length)
    return { finding: 'Nothing has been read yet.', rest: 'Refresh an environment to see its workflows.' };
  const known = environments.length - unread.length;
  return {
    finding: `${count(known, 'environment')} ${known === 1 ? 'answers' : 'answer'} and ${known === 1 ? 'is' : 'are'} read.`,
    rest: rest.join(' '),
  };
}
