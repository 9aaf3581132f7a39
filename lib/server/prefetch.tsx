import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { AppError } from '@/lib/core/errors';
import type { AnyOperation } from '@/lib/kernel/operation';
import { load } from './page';

/** What a page will ask for, and the operation that answers it. */
export type Prefetched = [resource: { queryKey: readonly unknown[] }, operation: AnyOperation, input: unknown];

/**
 * Fills the browser's cache while the page is rendered, by calling the operations that its routes bind. What is refused
 * is left out: the browser asks again and shows the reason.
 */
export async function Prefetch(props: { tenant: string; queries: Prefetched[]; children: ReactNode }) {
  const client = new QueryClient();
  await Promise.all(
    props.queries.map(async ([{ queryKey }, operation, input]) => {
      try {
        client.setQueryData(queryKey, await load(operation, props.tenant, input));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
      }
    }),
  );
  return <HydrationBoundary state={dehydrate(client)}>{props.children}</HydrationBoundary>;
}
