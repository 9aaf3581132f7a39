'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ProblemError } from '@/lib/client/problem-error';

const isRefusal = (error: unknown) => error instanceof ProblemError && error.problem.status < 500;

/** The browser's cache of what the API answered. Events say what is stale, so nothing is polled. */
export function DataProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 30_000,
            refetchOnWindowFocus: true,
            retry: (failures, error) => failures < 2 && !isRefusal(error),
          },
          mutations: { retry: false },
        },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
