import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { generateClient } from '../app/build.ts';
import { root } from '../root.ts';
import { installedProgram, run } from '../run.ts';
import { type Finished, runSideBySide } from './check.ts';
import { programCheck, vitestCheck } from './program.ts';

/** The fast part: types, lint and the unit tests, which hold the architecture and the OpenAPI document too. */
export async function verify(env: Record<string, string>, signal: AbortSignal): Promise<Finished[]> {
  await generateClient(signal);
  // What Next wrote about pages that are gone by now would be checked too.
  for (const folder of ['.next/types', '.next/dev/types']) rmSync(join(root, folder), { recursive: true, force: true });
  await run(installedProgram('next'), ['typegen'], { stdio: 'ignore', signal });
  return runSideBySide(
    [
      programCheck('Types', { name: 'tsc', args: ['--noEmit'] }),
      programCheck('Lint', { name: 'biome', args: ['check'] }),
      vitestCheck('Unit', 'unit', env),
    ],
    signal,
  );
}
