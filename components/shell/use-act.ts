'use client';

import { useMutation } from '@tanstack/react-query';
import { useTenant } from '@/components/shell/tenant';
import { act } from '@/lib/client/act';

/**
 * A mutation around one server action, in the tenant of the page. It fails with the action's problem, and is pending until
 * what `onSuccess` begins has ended.
 */
export function useAct<Input, T>(
  action: Parameters<typeof act<Input, T>>[0],
  { onSuccess }: { onSuccess?: (value: T) => unknown } = {},
) {
  const { slug } = useTenant();
  return useMutation({ mutationFn: (input: Input) => act(action, slug, input), onSuccess });
}
