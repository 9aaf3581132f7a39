import { upstream } from '@/lib/core/errors';
import type { Connected } from '@/lib/features/connections/environments/service';
import type { ProbeReport } from '@/lib/ports/provider-probe';
import type { PlannedEnvironment } from './plan';

/** The instance as its last probe told, with the tags it has now; one that was never probed is probed. */
export async function plannedEnvironment(
  { environment, provider }: Connected,
  signal: AbortSignal,
): Promise<PlannedEnvironment> {
  const { id, name } = environment;
  let report = environment.capabilities as ProbeReport | null;
  if (!report) {
    const probe = await provider.probe({ signal });
    if (!probe.ok) throw upstream(probe.problem.detail, { code: probe.problem.failure });
    report = probe.report;
  }
  const tags = (await provider.listTags({ signal })).map((tag) => tag.name);
  return { id, name, writes: report.writes, capabilities: report.capabilities, tags };
}
