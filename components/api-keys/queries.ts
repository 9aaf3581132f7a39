import type { z } from 'zod';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { ApiKeyPage } from '@/lib/features/identity/api-keys/schema';

export const apiKeys = (tenant: string, query: Query) =>
  resource<z.infer<typeof ApiKeyPage>>(tenant, 'api-keys', '/api-keys', query);
