import { resumeStage } from '@/lib/features/delivery/pipelines/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: resumeStage });
