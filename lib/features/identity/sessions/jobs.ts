import { scheduledJob } from '@/lib/kernel/jobs/job';
import { SESSION_IDLE_MS } from './model';

/** Removes sessions and links that have ended anyway. */
export const pruneSessions = scheduledJob({
  name: 'session-prune',
  schedule: '40 * * * *',
  run: ({ platform }) =>
    platform.tx(async (db) => {
      const now = new Date();
      const idleSince = new Date(now.getTime() - SESSION_IDLE_MS);
      const ended = { OR: [{ expiresAt: { lt: now } }, { lastSeenAt: { lt: idleSince } }] };
      await db.session.deleteMany({ where: ended });
      await db.oneTimeToken.deleteMany({ where: { expiresAt: { lt: now } } });
    }),
});
