import { z } from 'zod';
import { MAX_PAGE_SIZE, PAGE_SIZE } from '@/lib/core/paging';
import { Id, Timestamp } from '@/lib/core/schema';

/** One link of the chain. */
export const AuditEntry = z
  .object({
    id: Id,
    seq: z.number().int().meta({ description: 'Position in the chain, from 1, without gaps' }),
    at: Timestamp,
    actor: z.object({ type: z.string(), id: z.string().nullable(), label: z.string() }),
    action: z.string(),
    outcome: z.enum(['succeeded', 'failed', 'intended', 'denied']),
    target: z.object({ type: z.string(), id: z.string(), label: z.string().nullable() }).nullable(),
    details: z.record(z.string(), z.unknown()),
    requestId: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditFilters = z.object({
  search: z.string().trim().max(200).optional().meta({ description: 'In actor, action and target' }),
  action: z.string().max(100).optional(),
  actorId: z.string().max(64).optional(),
  targetType: z.string().max(64).optional(),
  targetId: z.string().max(64).optional(),
  outcome: AuditEntry.shape.outcome.optional(),
  from: Timestamp.optional(),
  to: Timestamp.optional(),
});
export type AuditFilters = z.infer<typeof AuditFilters>;

/** Newest first. The chain grows while it is read, so pages are counted from a place in it, not from its end. */
export const ListAudit = AuditFilters.extend({
  cursor: z.coerce.number().int().min(1).optional().meta({ description: 'nextCursor of the page before' }),
  pageSize: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(PAGE_SIZE),
});
export const AuditPage = z.object({
  items: z.array(AuditEntry),
  total: z.null(),
  page: z.null(),
  pageSize: z.number().int(),
  totalPages: z.null(),
  hasMore: z.boolean(),
  nextCursor: z.number().int().nullable(),
});
export const ListPlatformAudit = ListAudit.extend({
  tenantId: Id.optional().meta({ description: 'Whose chain; the platform’s own when absent' }),
});

/** Every value that stands in the log, for choosing one: actions by name, actors by the label they had last. */
export const AuditValues = z.object({
  actions: z.array(z.string()),
  actors: z.array(z.object({ type: z.string(), id: z.string(), label: z.string() })),
});
export type AuditValues = z.infer<typeof AuditValues>;

export const ExportAudit = AuditFilters.extend({ format: z.enum(['csv', 'ndjson']).default('csv') });

export const AuditVerdict = z
  .object({
    intact: z.boolean(),
    length: z.number().int().meta({ description: 'Links that hold, from the first' }),
    brokenAt: z.number().int().nullable().meta({ description: 'The first link that does not follow' }),
  })
  .meta({ id: 'AuditVerdict' });
