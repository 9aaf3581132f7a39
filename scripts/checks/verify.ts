import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { generateClient } from '../app/build.ts';
import { root } from '../root.ts';
import { installedProgram, run } from '../run.ts';
import { type Finished, runSideBySide } from './check.ts';
import { programCheck, vitestCheck } from './program.ts';

/** The fast part: types, lint and the unit tests, which hold the architecture and the OpenAPI document too. */
export async function verify(env: Record<string, string>, signal: AbortSignal): Promise<Finished[]> {
  await generateClient(signal);
  // Next declares what an import of a style sheet or a picture is in a file that it writes itself.
  if (!existsSync(join(root, 'next-env.d.ts'))) await run(installedProgram('next'), ['typegen'], { signal });
  return runSideBySide(
    [
      programCheck('Types', { name: 'tsc', args: ['--noEmit'] }),
      programCheck('Lint', { name: 'biome', args: ['check'] }),
      vitestCheck('Unit', 'unit', env),
    ],
    signal,
  );
}
