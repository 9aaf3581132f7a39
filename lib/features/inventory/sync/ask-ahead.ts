import type { SyncPhaseName } from '@/lib/features/connections/environments/model';
import type { Call, WorkflowProvider } from '@/lib/ports/workflow-provider';

/**
 * The same provider, whose short lists can be asked for before their phase comes: the instance answers them in the
 * pauses between the pages of its long list. Each such answer is given out once; asking again asks again.
 */
export function askAhead(provider: WorkflowProvider, call: Call) {
  const credentials = ahead(() => provider.listCredentials(call));
  const tags = ahead(() => provider.listTags(call));
  const users = ahead(() => provider.listUsers(call));
  const lists: Partial<Record<SyncPhaseName, { begin(): void }>> = { credentials, tags, users };
  return {
    provider: {
      ...provider,
      listCredentials: credentials.take,
      listTags: tags.take,
      listUsers: users.take,
    } satisfies WorkflowProvider,
    /** To be called once the instance is known to answer. */
    begin: (phases: readonly SyncPhaseName[]): void => {
      for (const phase of phases) lists[phase]?.begin();
    },
  };
}

function ahead<T>(ask: () => Promise<T>) {
  let early: Promise<T> | undefined;
  return {
    begin(): void {
      early ??= ask();
      // Whoever takes it hears of the failure; one that nobody takes concerns nobody.
      early.catch(() => undefined);
    },
    take(): Promise<T> {
      const answer = early ?? ask();
      early = undefined;
      return answer;
    },
  };
}
