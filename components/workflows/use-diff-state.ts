import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { useCallback } from 'react';
import type { DiffView } from '@/components/patterns/workflow-diff/workflow-diff';

const VIEW = parseAsStringLiteral(['canvas', 'json']).withDefault('canvas');

/** The chosen change and the way of looking, kept in the URL. */
export function useDiffState() {
  const [selected, setSelected] = useQueryState('change', parseAsString);
  const [view, setView] = useQueryState('view', VIEW);
  const onSelect = useCallback((id: string) => void setSelected(id), [setSelected]);
  const onViewChange = useCallback((next: DiffView) => void setView(next), [setView]);
  return { selected, onSelect, view, onViewChange };
}
