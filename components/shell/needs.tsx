'use client';

import type { ReactNode } from 'react';
import { leastRole, type TenantPermission } from '@/lib/core/permissions';
import { Forbidden } from '../patterns/forbidden';
import { useMay, useTenant } from './tenant';

type NeedsProps = {
  permission: TenantPermission;
  /** What is behind it, as the start of a sentence: "API keys". */
  what: string;
  children: ReactNode;
};

/** A page, or a part of one, that not everybody may see. The server refuses all the same. */
export function Needs({ permission, what, children }: NeedsProps) {
  const { role, name } = useTenant();
  if (useMay(permission)) return children;
  return (
    <Forbidden title={`${what} are for the role ${leastRole(permission)}`}>
      You are {role} in {name}. An admin can change that under Team.
    </Forbidden>
  );
}
