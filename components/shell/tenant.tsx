'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { TenantPermission } from '@/lib/core/permissions';

/** Which organisation the page is about, and what the viewer may do in it. */
export type TenantView = {
  id: string;
  slug: string;
  name: string;
  role: string;
  permissions: readonly TenantPermission[];
};

const TenantContext = createContext<TenantView | null>(null);

export function TenantProvider({ tenant, children }: { tenant: TenantView; children: ReactNode }) {
  return <TenantContext value={tenant}>{children}</TenantContext>;
}

/** The tenant of the page. Throws outside `/t/<slug>`. */
export function useTenant(): TenantView {
  const tenant = useContext(TenantContext);
  if (!tenant) throw new Error('useTenant needs a TenantProvider above it.');
  return tenant;
}

/** Whether the viewer may do this here; the server decides again. */
export const useMay = (permission: TenantPermission): boolean => useTenant().permissions.includes(permission);
