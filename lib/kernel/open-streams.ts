import { rateLimited } from '@/lib/core/errors';
import type { Principal } from './principal';

/** A browser holds one, however many tabs it has; a reader that is cut off may come back before its end is noticed. */
const PER_ACTOR = 20;
const PER_TENANT = 500;
/** When somebody else's stream may have ended. */
const RETRY_SECONDS = 15;

/**
 * The streams that are open in this process, by reader and by tenant: what one costs, memory and a socket, is the
 * process's. The function takes a place and returns how to give it back; throws `rate_limited` when there is none.
 */
export function createOpenStreams(): (principal: Principal) => () => void {
  const open = new Map<string, number>();
  const count = (key: string) => open.get(key) ?? 0;
  const change = (key: string, by: number) => {
    const now = count(key) + by;
    if (now > 0) open.set(key, now);
    else open.delete(key);
  };
  return ({ actor, tenant }) => {
    const places: [key: string, limit: number][] = [[`${actor.type}:${actor.id}`, PER_ACTOR]];
    if (tenant) places.push([`tenant:${tenant.id}`, PER_TENANT]);
    const full = places.find(([key, limit]) => count(key) >= limit);
    if (full) throw rateLimited(`${full[1]} streams are open already. Close one, or wait.`, RETRY_SECONDS);
    for (const [key] of places) change(key, 1);
    let held = true;
    return () => {
      if (held) for (const [key] of places) change(key, -1);
      held = false;
    };
  };
}
