import { afterAll, expect, test } from 'vitest';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { edit, handlerDocument, Instances, idOf, pointing, refreshAll } from '../delivery.fixture';
import { ReleaseScene } from '../release.fixture';
import { comparePromotion } from './operations';

const instances = new Instances();
const kernel = openHouse({ ports: { providers: new Map([['n8n', instances.kind]]) } });
afterAll(() => closeHouse(kernel));

test('the comparison of a stage is told from the inventory, page by page, with the counts of all of it', async () => {
  const scene = await ReleaseScene.open(kernel, instances);
  const { parent, parentId } = await scene.family();
  await scene.release([parentId]);
  const added = Array.from({ length: 3 }, (_, at) => scene.dev.instance.seed(handlerDocument(`New ${at}`)));
  edit(scene.dev, parent.id, pointing('https://elsewhere.example.com'));
  await refreshAll(kernel, scene.tenant, scene.dev, scene.production);
  const viewer = await scene.viewer();
  const compare = async (query = {}) => {
    const { items, counts, ...page } = await viewer(comparePromotion, { ...scene.route, ...query });
    expect(counts).toMatchObject({ added: 3, modified: 1, unchanged: 2 });
    return { names: items.map(({ name }) => name), total: page.total, hasMore: page.hasMore };
  };
  const all = ['Parent', 'New 0', 'New 1', 'New 2', 'Child', 'Handler'];
  expect(await compare()).toEqual({ names: all, total: 6, hasMore: false });
  expect(await compare({ pageSize: 2, page: 2 })).toEqual({ names: ['New 1', 'New 2'], total: 6, hasMore: true });
  expect((await compare({ sort: '-name' })).names).toEqual(all.toSorted().toReversed());
  expect((await compare({ differing: true, search: 'NEW ' })).names).toEqual(['New 0', 'New 1', 'New 2']);
  expect((await compare({ change: 'unchanged' })).names).toEqual(['Child', 'Handler']);
  const pinned = await idOf(kernel, scene.tenant, scene.dev, added[2]!.id);
  expect((await compare({ pinned, search: 'child' })).names).toEqual(['New 2', 'Child']);
  expect((await compare({ pinned: [pinned], search: 'nothing like it' })).names).toEqual(['New 2']);
});
