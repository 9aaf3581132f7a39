import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { localSecrets, secretsFromEnvironment } from './secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'n8n-ops-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const env = (variables: Record<string, string>) => variables as unknown as NodeJS.ProcessEnv;

it('secrets of a local installation are made once, for their owner alone to read', () => {
  const made = localSecrets(folder, env({}));
  expect(localSecrets(folder, env({}))).toEqual(made);
  expect(Buffer.from(made.MASTER_KEY, 'base64')).toHaveLength(32);
  expect(new Set(Object.values(made)).size).toBe(3);
  expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o600);
});

it('a secret given by the environment wins', () => {
  expect(localSecrets(folder, env({ CRON_SECRET: 'given' })).CRON_SECRET).toBe('given');
});

it('a production without its secrets is refused, naming each one', () => {
  expect(() => secretsFromEnvironment(env({ SESSION_SECRET: 'given' }))).toThrow(/Missing: MASTER_KEY, CRON_SECRET\./);
});
