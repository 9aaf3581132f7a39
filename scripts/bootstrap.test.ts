import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './root.ts';

const bootstrap = join(root, 'scripts/bootstrap.mjs');

describe('the first script of a fresh clone', () => {
  it('imports built-ins and files that do the same', () => {
    const seen = new Set<string>();
    const walk = (file: string) => {
      if (seen.has(file)) return;
      seen.add(file);
      const imports = readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g);
      for (const [, specifier = ''] of imports) {
        if (specifier.startsWith('.')) walk(join(file, '..', specifier));
        else expect(specifier, file).toMatch(/^node:/);
      }
    };
    walk(bootstrap);
    expect([...seen].every((file) => file.endsWith('.mjs'))).toBe(true);
  });

  it('has a command for every script of package.json', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const commands = Object.values<string>(scripts).flatMap((line) => /bootstrap\.mjs (\w+)/.exec(line)?.[1] ?? []);
    expect(commands).toContain('start');
    for (const command of commands)
      expect(() => readFileSync(join(root, `scripts/commands/${command}.ts`))).not.toThrow();
  });

  it.each(['', 'nonsense', '../prisma'])('refuses the command "%s" by name', (command) => {
    const { status, stderr } = spawnSync(process.execPath, [bootstrap, command], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toBe(`There is no command "${command}".\n`);
  });
});
