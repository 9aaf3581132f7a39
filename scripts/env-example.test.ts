import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './root.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Set by our own scripts, or by where it runs; nobody writes them into a file. */
const SET_BY_US = ['EMBEDDED_DATABASE_URL', 'PATH', 'VERCEL'];
/** Read by the scripts and by compose.yaml before the application starts. */
const READ_BEFORE = ['HOST', 'POSTGRES_PASSWORD'];

it('.env.example names every variable of the application, and no other', () => {
  const known = [...read('lib/env.ts').matchAll(/^ {4}([A-Z_]+):/gm)].map(([, name]) => name ?? '');
  const named = [...read('.env.example').matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name ?? '');
  expect(known.length).toBeGreaterThan(20);
  expect(named.sort()).toEqual([...known.filter((name) => !SET_BY_US.includes(name)), ...READ_BEFORE].sort());
});
