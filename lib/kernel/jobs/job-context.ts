import type { Ports } from '@/lib/ports/ports';
import type { Logger } from '../logger';
import type { PlatformAccess } from '../platform-access';
import type { Actor } from '../principal';
import type { TenantDb } from '../tenant-transaction';
import type { EnqueueOptions, JobDeclaration, JobReceipt, JobRequest } from './job';

/** What people see of long work: where it stands, in its own words. */
export type JobProgress = {
  step: string;
  current: number;
  /** Null while it is not known. */
  total: number | null;
  message?: string;
  /** Finished steps, in order, with their counts. */
  steps?: { name: string; status: 'done' | 'failed' | 'skipped'; count?: number; detail?: string }[];
};

export type JobContext = {
  jobId: string;
  tenantId: string;
  /** Who asked for it. */
  actor: Actor;
  /** 1 for the first attempt. */
  attempt: number;
  ports: Ports;
  log: Logger;
  /** Aborted when the job is cancelled, times out, loses its claim, or the worker shuts down. */
  signal: AbortSignal;
  /** What an earlier attempt saved, so that this one goes on instead of starting over. */
  checkpoint: unknown;
  saveCheckpoint(checkpoint: unknown): Promise<void>;
  /** Shown live; written at most a few times a second. */
  progress(progress: JobProgress): Promise<void>;
  tx<T>(work: (db: TenantDb) => Promise<T>, options?: { timeoutMs?: number }): Promise<T>;
};

export type PlatformJobContext = {
  log: Logger;
  ports: Ports;
  signal: AbortSignal;
  platform: PlatformAccess;
  /** Enqueues for one tenant, as the system. */
  enqueueFor<Input>(
    tenantId: string,
    job: JobDeclaration<Input>,
    input: Input,
    options?: EnqueueOptions,
  ): Promise<JobReceipt>;
  /** Enqueues what was asked for before, as whoever asked. Null when this version knows no such job. */
  enqueueAgain(tenantId: string, request: JobRequest): Promise<JobReceipt | null>;
};
