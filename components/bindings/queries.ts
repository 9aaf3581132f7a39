import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { BindingPage, CredentialMatrix } from '@/lib/features/change/bindings/schema';

export const bindings = (tenant: string, query: Query) =>
  resource<z.infer<typeof BindingPage>>(tenant, 'bindings', '/bindings', query);

/** Credentials that an environment uses, and how every other one meets them. */
export const credentialMatrix = (tenant: string, query: { sourceEnvironmentId?: string }) =>
  resource<z.infer<typeof CredentialMatrix>>(tenant, 'bindings', '/bindings/credentials', query);

export const useCredentialMatrix = (sourceEnvironmentId: string) =>
  useQuery(credentialMatrix(useTenant().slug, { sourceEnvironmentId: sourceEnvironmentId || undefined }));
