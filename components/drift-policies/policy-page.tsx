'use client';

import { ErrorState } from '@/components/patterns/error-state';
import { SkeletonLines } from '@/components/ui/skeleton';
import { toShownProblem } from '@/lib/client/problem-error';
import { PolicyForm } from './policy-form';
import { useDriftPolicy } from './queries';

/** How the organisation deals with drift: the templates, and every value. */
export function PolicyPage() {
  const { data, error, refetch } = useDriftPolicy();
  if (data) return <PolicyForm saved={data} />;
  if (error) return <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />;
  return <SkeletonLines lines={20} label="the policy" />;
}
