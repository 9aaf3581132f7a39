import { z } from 'zod';
import { ById, Id, Timestamp } from '@/lib/core/schema';
import { DriftClass, Severity } from '../incidents/schema';

/** A difference that is none of drift, and who answers for it. */
export const Expected = z.object({
  by: z.enum(['binding', 'action', 'accepted']),
  reason: z.string(),
  who: z.string(),
  until: Timestamp.nullable(),
});

/** What a check found of one workflow. */
export const Difference = z.object({
  driftClass: DriftClass,
  classes: z.array(DriftClass),
  severity: Severity,
  sentences: z.array(z.string()),
  reasons: z.array(z.object({ rule: z.string(), level: z.string(), message: z.string() })),
  expected: Expected.nullable().meta({ description: 'Null: it is drift.' }),
});

export const GetWorkflowDrift = ById;
export const WorkflowDrift = z
  .object({
    workflowId: Id,
    environmentId: Id,
    /**
     * `not_tracked`: dev. `unknown`: never checked. `no_baseline`: nothing is approved for the environment.
     * `unmanaged`: nothing is approved for this workflow. `expected`: it differs as somebody declared.
     */
    status: z.enum(['not_tracked', 'unknown', 'no_baseline', 'unmanaged', 'in_sync', 'expected', 'drifted']),
    checkedAt: Timestamp.nullable().meta({ description: 'When the check began that says so.' }),
    problem: z
      .object({ code: z.string(), detail: z.string() })
      .nullable()
      .meta({ description: 'Why the newest check failed, when it did: what is said is then as old as `checkedAt`.' }),
    difference: Difference.nullable(),
    approved: z.object({ commitSha: z.string(), approvedAt: Timestamp, lineageId: Id, file: z.string() }).nullable(),
    approvedDocument: z
      .record(z.string(), z.json())
      .nullable()
      .meta({ description: "The approved version in n8n's shape, to draw the difference with." }),
    incidentId: Id.nullable(),
  })
  .meta({ id: 'WorkflowDrift' });
export type WorkflowDrift = z.infer<typeof WorkflowDrift>;
