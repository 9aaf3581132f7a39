import { expect, test } from 'vitest';
import type { z } from 'zod';
import { everyDoor } from '@/lib/testing/doors';

const WRITTEN = new Set(['reason', 'comment', 'text', 'message']);
const fields = (await everyDoor()).flatMap(({ path, doors }) =>
  Object.entries(doors).flatMap(([method, { operation }]) =>
    Object.entries(((operation.input as z.ZodObject).shape ?? {}) as Record<string, z.ZodType>)
      .filter(([name]) => WRITTEN.has(name))
      .map(([name, field]) => [`${method} ${path}: ${name}`, field] as const),
  ),
);

test.each(fields)('%s takes a second line: pages offer a box of several', (_, field) => {
  expect(field.safeParse('Seen by two.\nAnn and Ben.').error).toBeUndefined();
});
