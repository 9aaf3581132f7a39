import { z } from 'zod';
import { Id } from '@/lib/core/schema';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import { job } from '@/lib/kernel/jobs/job';
import { approveInstance } from './approving';
import { differencesFromGit } from './git-differences';
import { Message } from './schema';
import { snapshotEnvironment } from './service';

const ofEnvironment = ({ environmentId }: { environmentId: string }) => environmentId;
/** For the document: what becomes of a request while a job of its kind runs. */
export const ONE_AT_A_TIME =
  'One at a time in an environment: while one runs, the same is answered with its job, and anything else is a conflict (`another_running`).';
/** A fresh read of a whole instance, which may be slow. Seconds. */
const WHOLE_INSTANCE = { timeout: 1_800, attempts: 3 } as const;
/** These wait for what is being written there, for about a minute. */
const APPROVING = { ...WHOLE_INSTANCE, attempts: 6 } as const;

export const snapshotTake = job({
  ...WHOLE_INSTANCE,
  name: 'snapshot-take',
  input: z.object({ environmentId: Id, message: Message.optional(), acceptSecrets: z.boolean().default(true) }),
  singletonKey: ofEnvironment,
  async run(ctx, { environmentId, message, acceptSecrets }) {
    const { name } = await ctx.tx((db) => getEnvironmentRow(db, environmentId));
    const told = message || `Snapshot of ${name}`;
    const taken = await snapshotEnvironment(ctx, { environmentId, kind: 'manual', message: told, acceptSecrets });
    await ctx.tx(async (db) => {
      const { id, status, commitSha } = taken;
      db.audit({
        action: 'snapshot.taken',
        target: { type: 'snapshot', id, label: name },
        details: { status, commitSha },
      });
    });
    return taken;
  },
});

/** `/workflows/sync-to-github`: whichever store is configured. */
export const approvedSave = job({
  ...APPROVING,
  name: 'approved-save',
  input: z.object({ environmentId: Id, message: Message.optional(), acceptSecrets: z.boolean() }),
  singletonKey: ofEnvironment,
  run: (ctx, input) => approveInstance(ctx, { ...input, kind: 'saved' }),
});

export const approvedAdopt = job({
  ...APPROVING,
  name: 'approved-adopt',
  input: z.object({
    environmentId: Id,
    workflowIds: z.array(Id).optional(),
    message: Message.optional(),
    acceptSecrets: z.boolean(),
  }),
  singletonKey: ofEnvironment,
  run: (ctx, input) => approveInstance(ctx, { ...input, kind: 'adopted' }),
});

/** `/workflows/sync-from-github`: reads, and writes to no instance. */
export const approvedRefresh = job({
  name: 'approved-refresh',
  input: z.object({ environmentId: Id }),
  singletonKey: ofEnvironment,
  timeout: 600,
  attempts: 3,
  run: (ctx, { environmentId }) => differencesFromGit(ctx, environmentId),
});
