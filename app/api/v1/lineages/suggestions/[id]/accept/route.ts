import { acceptSuggestion } from '@/lib/features/change/lineages/suggestion-operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: acceptSuggestion });
