import { listSuggestions } from '@/lib/features/change/lineages/suggestion-operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: listSuggestions });
