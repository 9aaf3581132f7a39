import type { Client } from '@/lib/kernel/context';
import type { Kernel } from '@/lib/kernel/kernel';
import { type PlatformAccess, platformAccess } from '@/lib/kernel/platform-access';
import { type Actor, ANONYMOUS } from '@/lib/kernel/principal';

/** One request to next-auth, with what its callbacks need of ours. */
export type AuthRequest = {
  kernel: Kernel;
  client: Client;
  requestId: string;
  /** The cookie it came with. */
  sessionToken: string | null;
};

/** The cross-tenant door, signing its audit rows with `actor`. */
export const platformFor = ({ kernel, requestId }: AuthRequest, actor: Actor = ANONYMOUS.actor): PlatformAccess =>
  platformAccess(kernel.database, { actor, requestId });
