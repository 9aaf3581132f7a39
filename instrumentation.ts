/** Runs once when a server process starts: checks the configuration, opens the house, starts the worker. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { bootOrExit } = await import('./lib/server/boot');
  await bootOrExit();
}
