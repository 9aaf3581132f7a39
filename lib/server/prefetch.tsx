import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { AppError } from '@/lib/core/errors';
import type { AnyOperation } from '@/lib/kernel/operation';
import { load } from './page';

/** What a page will ask for, the operation that answers it, and what the answer makes it ask for next. */
export type Prefetched = [
  resource: { queryKey: readonly unknown[] },
  operation: AnyOperation,
  input: unknown,
  // biome-ignore lint/suspicious/noExplicitAny: the answer of whichever operation stands before it
  next?: (answer: any) => Prefetched[],
];

/**
 * Fills the browser's cache while the page is rendered, by calling the operations that its routes bind. What is refused
 * is left out: the browser asks again and shows the reason.
 */
export async function Prefetch(props: { tenant: string; queries: Prefetched[]; children: ReactNode }) {
  const client = new QueryClient();
  const fill = async ([{ queryKey }, operation, input, next]: Prefetched): Promise<void> => {
    try {
      const answer = await load(operation, props.tenant, input);
      client.setQueryData(queryKey, answer);
      await Promise.all((next?.(answer) ?? []).map(fill));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  };
  await Promise.all(props.queries.map(fill));
  return <HydrationBoundary state={dehydrate(client)}>{props.children}</HydrationBoundary>;
}
