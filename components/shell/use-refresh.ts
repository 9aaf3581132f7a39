'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type Noun, queryKey } from '@/lib/client/query-keys';
import { useTenant } from './tenant';

/** Marks what is kept under these nouns as stale: after an own act, when the live stream may be away. */
export function useRefresh(...nouns: readonly Noun[]): () => void {
  const queries = useQueryClient();
  const { slug } = useTenant();
  return () => {
    for (const noun of nouns) void queries.invalidateQueries({ queryKey: queryKey(slug, noun) });
  };
}
