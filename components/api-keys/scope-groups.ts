import type { TenantPermission } from '@/lib/core/permissions';

/** Scopes by what they are about, in the order they were given: `workflow` → read, write, delete. */
export function groupScopes(scopes: readonly TenantPermission[]): { noun: string; scopes: TenantPermission[] }[] {
  const groups = new Map<string, TenantPermission[]>();
  for (const scope of scopes) {
    const noun = scope.slice(0, scope.indexOf(':'));
    groups.set(noun, [...(groups.get(noun) ?? []), scope]);
  }
  return [...groups].map(([noun, members]) => ({ noun, scopes: members }));
}

export const verbOf = (scope: string): string => scope.slice(scope.indexOf(':') + 1);
export const isReading = (scope: string): boolean => verbOf(scope) === 'read';
