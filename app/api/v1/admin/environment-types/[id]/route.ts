import { deleteEnvironmentType, updateEnvironmentType } from '@/lib/features/connections/environment-types/operations';
import { routes } from '@/lib/server/routes';

export const { PATCH, DELETE } = routes({ PATCH: updateEnvironmentType, DELETE: deleteEnvironmentType });
