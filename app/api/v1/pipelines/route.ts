import { createPipeline, listPipelines } from '@/lib/features/delivery/pipelines/operations';
import { routes } from '@/lib/server/routes';

export const { GET, POST } = routes({ GET: listPipelines, POST: createPipeline });
