import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Scope } from '../command.ts';
import { JsonApi } from './http.ts';
import type { Demo } from './summary.ts';

const fileIn = (dataFolder: string): string => join(dataFolder, 'demo', 'running.json');

/** Leaves word of a demo until its command ends; for its owner alone, since the API key is in it. */
export function announce(dataFolder: string, demo: Demo, scope: Scope): void {
  const file = fileIn(dataFolder);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(demo), { mode: 0o600 });
  scope.onEnd(() => rmSync(file, { force: true }));
}

/** The demo that runs on a data folder; what a killed one left behind does not count. */
export async function runningDemo(dataFolder: string): Promise<Demo | undefined> {
  const file = fileIn(dataFolder);
  if (!existsSync(file)) return undefined;
  const demo: Demo = JSON.parse(readFileSync(file, 'utf8'));
  const isOurs = await apiOf(demo)
    .get('/auth/me')
    .then(
      () => true,
      () => false,
    );
  return isOurs ? demo : undefined;
}

/** Its API as its admin's key opens it. */
export const apiOf = ({ url, apiKey }: Pick<Demo, 'url' | 'apiKey'>): JsonApi =>
  new JsonApi(`${url}/api/v1`, { authorization: `Bearer ${apiKey}` });
