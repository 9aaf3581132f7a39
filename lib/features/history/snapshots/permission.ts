import type { z } from 'zod';
import { decide, type GuardedAction, roleOf } from '@/lib/features/connections/environments/model';
import { toGuarded } from '@/lib/features/connections/environments/service';
import type { EnvironmentRow } from '@/lib/features/connections/environments/store';
import type { Principal } from '@/lib/kernel/principal';
import type { Possibility } from './schema';

/** Whether the caller may do this here: what a page asks before it offers it. */
export function possibilityOf(
  principal: Principal,
  environment: EnvironmentRow,
  action: GuardedAction,
): z.infer<typeof Possibility> {
  const { allowed, detail, allowedBy } = decide(action, toGuarded(environment), roleOf(principal));
  return { allowed, detail, allowedBy };
}
