import { createEnvironment } from '@/lib/features/connections/environments/operations';
import { getBackgroundJob } from '@/lib/features/service/background-jobs/operations';
import { executeJob } from '@/lib/kernel/jobs/execute-job';
import type { Kernel } from '@/lib/kernel/kernel';
import type { AnyOperation } from '@/lib/kernel/operation';
import { as, type TestTenant } from '@/lib/testing/house';
import { syncEnvironment } from './sync/operations';

/** Connects an environment and answers its id. */
export async function newEnvironment(kernel: Kernel, tenant: TestTenant, name: string, tier = 'dev'): Promise<string> {
  const admin = await as(kernel, tenant, 'admin');
  const input = { name, class: tier, baseUrl: 'https://n8n.example.com', apiKey: 'a-key-that-is-fine' };
  return (await admin(createEnvironment, input)).id;
}

/** Works a job off as a worker would, and answers what became of it. */
export async function work(kernel: Kernel, tenant: TestTenant, jobId: string, signal = new AbortController().signal) {
  await executeJob(kernel, { tenantId: tenant.id, jobId }, signal);
  return (await as(kernel, tenant, 'viewer'))(getBackgroundJob, { id: jobId });
}

/** Refreshes an environment, from the request to the end of its job. */
export async function refresh(
  kernel: Kernel,
  tenant: TestTenant,
  id: string,
  operation: AnyOperation = syncEnvironment,
) {
  const { jobId } = await (await as(kernel, tenant, 'developer'))(operation, { id });
  return work(kernel, tenant, jobId);
}
