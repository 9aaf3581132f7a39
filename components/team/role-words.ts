import type { Role } from '@/lib/core/permissions';

/** What a role may do, in the fewest words that tell them apart. */
export const ROLE_WORDS: Record<Role, string> = {
  viewer: 'sees everything, changes nothing',
  developer: 'also refreshes environments and changes workflows',
  admin: 'also connects environments, and decides about people, keys and the organisation',
};
