// Built-ins only: this tool runs on any Node from 20.19 on, before and without the application's own packages.

const EVERY_MS = 15_000;

/** @param {number} ms */
export const duration = (ms) => {
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

/**
 * Runs a slow step and says on stderr that it goes on, for how long already, and how long it usually takes.
 * @template T
 * @param {string} name what happens, beginning with a verb
 * @param {string | null} usually such as `2 to 5 min`
 * @param {() => Promise<T>} run
 * @returns {Promise<T>}
 */
export async function step(name, usually, run) {
  const started = Date.now();
  const expectation = usually ? `, usually ${usually}` : '';
  process.stderr.write(`${name} ...${usually ? ` (usually ${usually})` : ''}\n`);
  const timer = setInterval(
    () => process.stderr.write(`${name}: ${duration(Date.now() - started)} so far${expectation}\n`),
    EVERY_MS,
  );
  try {
    const result = await run();
    process.stderr.write(`${name}: ${duration(Date.now() - started)}\n`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
