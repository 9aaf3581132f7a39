import { describe, expect, test } from 'vitest';
import { CHAPTERS, judge, MAX_LINES, type SourceFile } from './architecture';
import { parseSource, readSourceFiles } from './testing/source-files';

const rulesBrokenBy = (...files: SourceFile[]) => judge(files).map(({ rule }) => rule);
const source = (path: string, text: string) => parseSource(path, text);

test('the house stands as design says', () => {
  const files = readSourceFiles();
  expect(files.length).toBeGreaterThan(100);
  expect(judge(files)).toEqual([]);
});

describe('a bad example is refused:', () => {
  const cases: [name: string, path: string, text: string, rule: RegExp][] = [
    ['an upward arrow', 'lib/core/a.ts', `import { kernel } from '@/lib/server/runtime';`, /goes down/],
    ['an upward arrow by type', 'lib/workflow/a.ts', `import type { Kernel } from '../kernel/kernel';`, /goes down/],
    ['an upward arrow that loads late', 'lib/kernel/a.ts', `const x = () => import('@/lib/server/page');`, /goes down/],
    ['an upward arrow by re-export', 'lib/ports/a.ts', `export * from '@/lib/adapters/vault';`, /goes down/],
    [
      'an upward arrow in a type expression',
      'lib/core/a.ts',
      `type K = import('../kernel/kernel').Kernel;`,
      /goes down/,
    ],
    ['a component that imports a page', 'components/ui/a.tsx', `import P from '@/app/kit/page';`, /goes down/],
    [
      'a slice that reaches into a later chapter',
      'lib/features/plans/usage/service.ts',
      `import { listTypes } from '@/lib/features/connections/environment-types/store';`,
      /earlier slices/,
    ],
    [
      'a slice that reaches into a later slice of its chapter',
      'lib/features/identity/tenants/service.ts',
      `import { findSession } from '../sessions/service';`,
      /earlier slices/,
    ],
    ['a slice nobody declared', 'lib/features/identity/badges/model.ts', 'export {};', /declared order/],
    [
      'a service that calls an operation',
      'lib/features/inventory/sync/service.ts',
      `import { listEnvironmentTypes } from '../../connections/environment-types/operations';`,
      /called by doors/,
    ],
    [
      'a slice that picks an adapter',
      'lib/features/inventory/sync/jobs.ts',
      `import '@/lib/adapters/n8n';`,
      /adapters/,
    ],
    ['a page that picks an adapter', 'app/page.tsx', `import { createVault } from '@/lib/adapters/vault';`, /adapters/],
    [
      'a component that reads a store',
      'components/workflows/list.tsx',
      `import { listTypes } from '@/lib/features/connections/environment-types/store';`,
      /the browser imports/,
    ],
    [
      'a component on the kernel',
      'components/ui/a.tsx',
      `import type { K } from '@/lib/kernel/kernel';`,
      /the browser/,
    ],
    ['browser code in a door', 'lib/server/a.ts', `import { clock } from '@/lib/client/clock';`, /for the browser/],
    ['Next in a slice', 'lib/features/identity/users/service.ts', `import { headers } from 'next/headers';`, /of Next/],
    ['server-only in the kernel', 'lib/kernel/a.ts', `import 'server-only';`, /of Next/],
    ['configuration read in an adapter', 'lib/adapters/n8n/a.ts', `import { env } from '@/lib/env';`, /as an argument/],
    ['process.env in a slice', 'lib/features/plans/usage/model.ts', 'export const a = process.env.A;', /process\.env/],
    ['process.env by another spelling', 'lib/server/a.ts', `export const { env } = process;`, /process\.env/],
    ['process.env by import', 'components/ui/a.tsx', `import { env } from 'node:process';`, /process\.env/],
    [
      'Prisma in a service',
      'lib/features/plans/usage/service.ts',
      `import type { Plan } from '@/lib/kernel/db/generated/client';`,
      /Prisma/,
    ],
    [
      'Prisma as a value in a store',
      'lib/features/plans/usage/store.ts',
      `import { PrismaClient } from '@/lib/kernel/db/generated/client';`,
      /Prisma/,
    ],
    [
      'test code in the product',
      'lib/server/a.ts',
      `import { openHouse } from '@/lib/testing/house';`,
      /by tests only/,
    ],
    ['a room without a name', 'lib/core/utils.ts', 'export {};', /has a name/],
    ['a folder without a name', 'components/common/button.tsx', 'export {};', /has a name/],
    ['a file over the ceiling', 'lib/core/long.ts', '\n'.repeat(MAX_LINES + 1), /at most/],
    ['a test over the ceiling', 'lib/core/long.test.ts', '\n'.repeat(MAX_LINES + 1), /at most/],
  ];
  test.each(cases)('%s', (_name, path, text, rule) => {
    expect(rulesBrokenBy(source(path, text))).toEqual(expect.arrayContaining([expect.stringMatching(rule)]));
  });

  test('a cycle, however long', () => {
    const rules = rulesBrokenBy(
      {
        path: 'lib/core/a.ts',
        lines: 1,
        imports: [{ target: 'lib/core/b.ts', typeOnly: false }],
        readsProcessEnv: false,
      },
      {
        path: 'lib/core/b.ts',
        lines: 1,
        imports: [{ target: 'lib/core/c.ts', typeOnly: false }],
        readsProcessEnv: false,
      },
      {
        path: 'lib/core/c.ts',
        lines: 1,
        imports: [{ target: 'lib/core/a.ts', typeOnly: false }],
        readsProcessEnv: false,
      },
    );
    expect(rules).toEqual(['no cycles']);
  });
});

describe('a good example passes:', () => {
  const cases: [name: string, path: string, text: string][] = [
    [
      'an import in a comment or a string',
      'lib/core/a.ts',
      `// import '@/lib/server/page'\nexport const a = "import x from '@/app/page'";`,
    ],
    [
      'row types in a store',
      'lib/features/plans/usage/store.ts',
      `import type { Plan } from '@/lib/kernel/db/generated/client';`,
    ],
    [
      'a component on a schema',
      'components/environments/a.tsx',
      `import type { E } from '@/lib/features/connections/environment-types/schema';`,
    ],
    [
      'a door on operations',
      'app/api/v1/x/route.ts',
      `import { a } from '@/lib/features/connections/environment-types/operations';`,
    ],
    [
      'an earlier chapter',
      'lib/features/inventory/sync/jobs.ts',
      `import { a } from '@/lib/features/identity/sessions/service';`,
    ],
    ['what the compiler puts in', 'proxy.ts', `const dev = process.env.NODE_ENV === 'development';`],
    ['a test that stands on the house', 'lib/server/a.test.ts', `import { openHouse } from '@/lib/testing/house';`],
  ];
  test.each(cases)('%s', (_name, path, text) => {
    expect(rulesBrokenBy(source(path, text))).toEqual([]);
  });
});

test('no slice is declared twice', () => {
  const slices = CHAPTERS.flatMap(([, names]) => names);
  expect(new Set(slices).size).toBe(slices.length);
});
