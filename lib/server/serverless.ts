import { after } from 'next/server';
import { env } from '@/lib/env';
import { drainJobs } from '@/lib/kernel/jobs/tick';
import type { Kernel } from '@/lib/kernel/kernel';
import type { AnyOperation } from '@/lib/kernel/operation';

/** What a serverless request may still spend after its answer. */
const BUDGET_MS = 50_000;

/** Where no worker runs, a request that may have enqueued something works it off after its answer. */
export function drainAfterResponse(kernel: Kernel, operation: AnyOperation): void {
  if (!env().serverless || operation.effect === 'read') return;
  after(() => drainJobs(kernel, BUDGET_MS));
}
