import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findOmitted } from './lock-file.mjs';
import { root } from './root.ts';

const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
const { packages } = JSON.parse(text);

it('the lock file names the packages of every platform, so that `npm ci` takes it (else: node scripts/lock-file.mjs)', () => {
  expect(findOmitted(packages)).toEqual([]);
});

it('the lock file records no addresses', () => {
  expect(text).not.toContain('"resolved"');
});

it('a package of another platform that was left out is found', () => {
  const asking = {
    'node_modules/a': { optionalDependencies: { 'a-darwin-arm64': '1.2.3', 'a-linux-x64': '1.2.3', b: '^1.0.0' } },
  };
  const found = findOmitted({ ...asking, 'node_modules/a/node_modules/a-linux-x64': {} });
  expect(found).toEqual([{ name: 'a-darwin-arm64', version: '1.2.3', dev: undefined }]);
});
