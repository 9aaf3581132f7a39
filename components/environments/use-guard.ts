'use client';

import type { GuardedAction } from '@/lib/features/connections/environments/model';
import { useCapabilities } from './queries';

/** What the action guard says about one action here: whether it takes a reason, and if it is refused, why. */
export function useGuard(environmentId: string, action: GuardedAction): { why?: string; needsReason: boolean } {
  const { data } = useCapabilities(environmentId);
  const decision = data?.actions.find((candidate) => candidate.action === action);
  if (!decision) return { why: 'Asking whether this is possible here…', needsReason: false };
  if (!decision.allowed)
    return { why: [decision.detail, decision.allowedBy].filter(Boolean).join(' '), needsReason: false };
  return { needsReason: decision.needsReason };
}
