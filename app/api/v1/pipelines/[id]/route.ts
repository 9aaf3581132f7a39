import { deletePipeline, getPipeline, updatePipeline } from '@/lib/features/delivery/pipelines/operations';
import { routes } from '@/lib/server/routes';

export const { GET, PATCH, DELETE } = routes({ GET: getPipeline, PATCH: updatePipeline, DELETE: deletePipeline });
