import { type DemoEnvironment, finished } from '../../scripts/demo/connect.ts';
import type { JsonApi } from '../../scripts/demo/http.ts';

type Items<T> = { items: T[] };

/** What dev has is saved as approved and edited since, with the way back planned; one difference is declared. */
export async function fillHistory(
  as: JsonApi,
  development: DemoEnvironment,
  production: DemoEnvironment,
): Promise<Record<string, string>> {
  const save = await as.post<{ jobId: string }>('/workflows/sync-to-github', { environmentId: development.id });
  await finished(as, save, 'Saving as approved');
  const [snapshot] = (await as.get<Items<{ id: string }>>('/snapshots')).items;
  const [lineage] = (await as.get<Items<{ id: string }>>('/lineages')).items;
  if (!snapshot || !lineage) throw new Error('Saving left no snapshot or no lineage.');
  await editBehindItsBack(as, development);
  const restore = await as.post<{ id: string }>(`/snapshots/${snapshot.id}/restore`, {});
  await as.post('/bindings', {
    environmentId: production.id,
    kind: 'variable',
    requirement: 'SHOP_HOST',
    value: { name: 'SHOP_HOST_LIVE' },
    owner: 'Shop team',
    reason: 'The live shop answers elsewhere.',
  });
  return { snapshot: snapshot.id, lineage: lineage.id, restore: restore.id };
}

/** Switches something, so that now is not what was saved. */
async function editBehindItsBack(as: JsonApi, { id }: DemoEnvironment): Promise<void> {
  const found = await as.get<Items<{ id: string; active: boolean }>>(`/workflows?environmentId=${id}&active=true`);
  const [workflow] = found.items;
  if (workflow) await as.post(`/workflows/${workflow.id}/deactivate`, {});
}
