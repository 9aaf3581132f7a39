import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Linkable, type Places, type ProposedLink, proposeLinks } from './linking';

let counter = 0;
const workflow = (environmentId: string, over: Partial<Linkable> = {}): Linkable => {
  counter += 1;
  const id = `w${counter}`;
  return {
    id,
    environmentId,
    n8nId: `${counter}`,
    name: id,
    nodeCount: 5,
    shapeDigest: null,
    lineageId: null,
    ...over,
  };
};
const placesOf = (candidates: readonly Linkable[]): Places => {
  const linked = candidates.filter(({ lineageId }) => lineageId);
  const byLineage = Map.groupBy(linked, ({ lineageId }) => lineageId!);
  return new Map([...byLineage].map(([id, members]) => [id, new Set(members.map((one) => one.environmentId))]));
};
const propose = (...candidates: Linkable[]) => proposeLinks(candidates, placesOf(candidates));
const idsOf = (proposed: ProposedLink[]) => proposed.map(({ workflows }) => workflows.map(({ id }) => id));

describe('an id that came along', () => {
  const n8nId = 'Zk3nFq81LmPo0aBc';

  it('links workflows whatever their shape, before shapes are looked at', () => {
    const dev = workflow('dev', { n8nId, shapeDigest: 'old' });
    const production = workflow('production', { n8nId, shapeDigest: 'new' });
    const other = workflow('production', { shapeDigest: 'old' });
    const proposed = propose(dev, production, other);
    expect(idsOf(proposed)).toEqual([[dev.id, production.id]]);
    expect(proposed[0]).toMatchObject({ method: 'same_id', begins: true });
  });

  it('says nothing when ids are counted, as in old versions', () => {
    expect(propose(workflow('dev', { n8nId: '12' }), workflow('production', { n8nId: '12' }))).toEqual([]);
    const counted = { n8nId: '1000000000012' };
    expect(propose(workflow('dev', counted), workflow('production', counted))).toEqual([]);
  });

  it('begins one lineage that a third workflow of the same shape joins', () => {
    const dev = workflow('dev', { n8nId, shapeDigest: 'same' });
    const staging = workflow('staging', { n8nId, shapeDigest: 'other' });
    const production = workflow('production', { shapeDigest: 'same' });
    const proposed = propose(dev, staging, production);
    expect(idsOf(proposed)).toEqual([[dev.id, staging.id], [production.id]]);
    expect(proposed.map(({ lineage, begins }) => [lineage === proposed[0]!.lineage, begins])).toEqual([
      [true, true],
      [true, false],
    ]);
  });
});

describe('an equal shape', () => {
  it('links when there is exactly one in every environment', () => {
    const all = ['dev', 'staging', 'production'].map((name) => workflow(name, { shapeDigest: 'same' }));
    expect(idsOf(propose(...all))).toEqual([all.map(({ id }) => id)]);
  });

  it('joins the lineage of the one that has one', () => {
    const dev = workflow('dev', { shapeDigest: 'same', lineageId: 'L' });
    const production = workflow('production', { shapeDigest: 'same' });
    expect(propose(dev, production)).toMatchObject([{ method: 'shape', lineage: 'L', begins: false }]);
  });

  it('links nobody when two of them have different lineages', () => {
    const [dev, staging] = ['L', 'M'].map((lineageId) => workflow(lineageId, { shapeDigest: 'same', lineageId }));
    expect(propose(dev!, staging!, workflow('production', { shapeDigest: 'same' }))).toEqual([]);
  });

  it('leaves a place alone that another workflow holds, even one that is gone', () => {
    const dev = workflow('dev', { shapeDigest: 'same', lineageId: 'L' });
    const production = workflow('production', { shapeDigest: 'same' });
    expect(proposeLinks([dev, production], new Map([['L', new Set(['dev', 'production'])]]))).toEqual([]);
  });

  it('of two nodes says nothing without the same name', () => {
    const tiny = { shapeDigest: 'same', nodeCount: 2 };
    expect(propose(workflow('dev', tiny), workflow('production', tiny))).toEqual([]);
    const named = { ...tiny, name: 'Ping' };
    expect(propose(workflow('dev', named), workflow('production', named))).toHaveLength(1);
    const alerts = (name: string) => workflow(name, { ...tiny, name: `Alerts ${name}` });
    expect(propose(alerts('dev'), alerts('production'))).toHaveLength(1);
    expect(propose(alerts('dev'), workflow('production', { ...tiny, name: 'Invoices production' }))).toEqual([]);
  });
});

const candidates = fc
  .array(
    fc.record({
      environmentId: fc.constantFrom('dev', 'staging', 'production'),
      shapeDigest: fc.constantFrom(null, 'a', 'b', 'c'),
      n8nId: fc.constantFrom('1', '2', 'randomid-aaaaaaa', 'randomid-bbbbbbb'),
      lineageId: fc.constantFrom(null, null, 'L', 'M'),
    }),
    { maxLength: 12 },
  )
  .map((drafts) => {
    const seen = new Set<string>();
    const isNew = (key: string) => !seen.has(key) && seen.add(key);
    return drafts
      .map((draft) => workflow(draft.environmentId, draft))
      .filter(({ environmentId, n8nId }) => isNew(`id ${environmentId} ${n8nId}`))
      .map((one) =>
        one.lineageId && !isNew(`place ${one.environmentId} ${one.lineageId}`) ? { ...one, lineageId: null } : one,
      );
  });

describe('whatever the inventory', () => {
  it('of two candidates in one environment none is linked by its shape', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        for (const { method, workflows } of proposeLinks(all, placesOf(all))) {
          if (method !== 'shape') continue;
          const alike = all.filter(({ shapeDigest }) => shapeDigest === workflows[0]!.shapeDigest);
          expect(new Set(alike.map(({ environmentId }) => environmentId)).size).toBe(alike.length);
        }
      }),
    );
  });

  it('only workflows without a lineage are linked, each once, and a lineage has one workflow an environment', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const proposed = proposeLinks(all, placesOf(all));
        const linked = proposed.flatMap(({ lineage, workflows }) =>
          workflows.map((one) => ({ ...one, lineageId: lineage })),
        );
        expect(linked.filter(({ id }) => all.find((one) => one.id === id)!.lineageId)).toEqual([]);
        expect(new Set(linked.map(({ id }) => id)).size).toBe(linked.length);
        const after = [...all.filter(({ lineageId }) => lineageId), ...linked];
        const places = after.map(({ lineageId, environmentId }) => `${lineageId} ${environmentId}`);
        expect(new Set(places).size).toBe(places.length);
      }),
    );
  });

  it('a second run has nothing left to do', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const lineageOf = new Map(
          proposeLinks(all, placesOf(all)).flatMap(({ lineage, workflows }) =>
            workflows.map(({ id }) => [id, lineage]),
          ),
        );
        const after = all.map((one) => ({ ...one, lineageId: lineageOf.get(one.id) ?? one.lineageId }));
        expect(proposeLinks(after, placesOf(after))).toEqual([]);
      }),
    );
  });
});
