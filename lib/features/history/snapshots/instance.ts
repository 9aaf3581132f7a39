import type { StoreContext } from '@/lib/features/change/approved-state/store-context';
import type { Connected } from '@/lib/features/connections/environments/service';
import { readInstance } from '@/lib/features/inventory/sync/instance-reading';
import type { Wanted } from '@/lib/features/inventory/sync/whole-reading';
import { readRemote } from '@/lib/features/inventory/workflows/observe';
import type { Workflow } from '@/lib/workflow/model';
import { versionFor } from './model';

/** A workflow that no git can keep: its JSON is none. The inventory says what is wrong with it. */
export type Unreadable = { n8nId: string; name: string };

/** One workflow as it stands on the instance; `workflow` is the version that counts there. */
export type Seen = {
  n8nId: string;
  name: string;
  archived: boolean;
  /** The version that counts is not what is being worked on. */
  unpublishedChanges: boolean;
  /** Null when it cannot be read. */
  workflow: Workflow | null;
};

/** Every workflow of an instance as it is now, one after the other; whole, or those that are `wanted` so. */
export async function* lookAtInstance(
  { tx, signal }: Pick<StoreContext, 'tx' | 'signal'>,
  { environment, provider }: Connected,
  wanted: Wanted = () => true,
): AsyncGenerator<Seen> {
  for await (const remote of readInstance({ tx, signal, environmentId: environment.id, provider }, wanted)) {
    const { workflow } = readRemote(remote);
    const counting = workflow && versionFor(environment.class, workflow);
    yield {
      n8nId: remote.id,
      name: remote.document.name,
      archived: remote.archived,
      unpublishedChanges: counting !== workflow,
      workflow: counting,
    };
  }
}
