/** Runs once when a server process starts: checks the configuration, opens the house, starts the worker. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { boot } = await import('./lib/server/boot');
  try {
    await boot();
  } catch (error) {
    // Next would go on and answer every request with an error.
    console.error((error as Error).message);
    process.exit(1);
  }
}
