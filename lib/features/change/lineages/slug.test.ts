import { expect, it } from 'vitest';
import { Slug } from '@/lib/core/schema';
import { freeSlugs } from './slug';

it('gives each lineage a slug of its own, whatever the names', () => {
  const names = ['Order intake', 'order INTAKE!', '漢字', '漢字', 'Order intake 2'];
  const slugs = freeSlugs(names, new Set(['order-intake']));
  expect(slugs).toEqual(['order-intake-2', 'order-intake-3', 'workflow', 'workflow-2', 'order-intake-2-2']);
  for (const slug of slugs) expect(Slug.safeParse(slug).success).toBe(true);
});
