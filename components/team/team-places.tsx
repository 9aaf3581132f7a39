'use client';

import { useTeamLimits } from './queries';

/** How many people there are, and how many the plan has room for. */
export function TeamPlaces() {
  const limits = useTeamLimits().data;
  if (!limits) return 'Members and open invitations.';
  const { current, max } = limits;
  return max === null
    ? `${current} ${current === 1 ? 'person' : 'people'}, open invitations included.`
    : `${current} of ${max} places taken, open invitations included.`;
}
