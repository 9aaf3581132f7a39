'use server';

import * as links from '@/lib/features/change/lineages/link-operations';
import * as operations from '@/lib/features/change/lineages/operations';
import * as suggestions from '@/lib/features/change/lineages/suggestion-operations';
import { action } from '@/lib/server/action';

export const renameLineage = action(operations.renameLineage);
export const deleteLineage = action(operations.deleteLineage);
export const linkAutomatically = action(operations.linkAutomatically);
export const linkWorkflow = action(links.linkWorkflow);
export const unlinkWorkflow = action(links.unlinkWorkflow);
export const ignoreWorkflow = action(links.ignoreWorkflow);
export const unignoreWorkflow = action(links.unignoreWorkflow);
export const acceptSuggestion = action(suggestions.acceptSuggestion);
export const rejectSuggestion = action(suggestions.rejectSuggestion);
