import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { CredentialDetail, CredentialPage } from '@/lib/features/inventory/credentials/schema';

export const credentials = (tenant: string, query: Query) =>
  resource<z.infer<typeof CredentialPage>>(tenant, 'credentials', '/credentials', query);

export const credential = (tenant: string, id: string) =>
  resource<z.infer<typeof CredentialDetail>>(tenant, 'credentials', `/credentials/${id}`);

export const useCredential = (id: string) => useQuery(credential(useTenant().slug, id));
