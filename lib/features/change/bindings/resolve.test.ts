import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/workflow/model';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import { remapReferences } from '@/lib/workflow/remap/remap';
import { type BindingValue, type DeclaredBinding, placeholderId, resolutionsDigest, type Side } from './model';
import { parameterKey } from './requirement';
import { resolveReferences } from './resolve';

const node = (name: string, type: string, more: object) => ({
  id: name,
  name,
  type: `n8n-nodes-base.${type}`,
  typeVersion: 1,
  position: [0, 0],
  parameters: {},
  ...more,
});
const asks = (id: string, name = 'Shop API') =>
  node(`Ask ${id}`, 'httpRequest', { credentials: { httpHeaderAuth: { id, name } } });
const calls = (workflowId: Json) => node('Call', 'executeWorkflow', { parameters: { workflowId } });
const toWorkflow = (nodes: object[], settings = {}) =>
  readWorkflow({ id: 'src-1', name: 'Parent', nodes, connections: {}, settings }).workflow!;

const SOURCE: Side = {
  workflows: [
    { n8nId: 'src-1', name: 'Parent', lineageId: 'L1' },
    { n8nId: 'src-2', name: 'Child', lineageId: 'L2' },
    { n8nId: 'src-3', name: 'Stranger', lineageId: null },
  ],
  credentials: [{ n8nId: 'c1', name: 'Shop API', type: 'httpHeaderAuth' }],
  listsCredentials: true,
};
const shop = (n8nId: string, type = 'httpHeaderAuth') => ({ n8nId, name: 'Shop API', type });
const target = (over: Partial<Side> = {}): Side => ({
  workflows: [],
  credentials: [],
  listsCredentials: true,
  ...over,
});
let counter = 0;
const declare = (value: BindingValue, over: Partial<DeclaredBinding> = {}): DeclaredBinding => {
  counter += 1;
  const requirement = 'httpHeaderAuth:Shop API';
  return { id: `b${counter}`, lineageId: null, kind: 'credential', requirement, value, expired: false, ...over };
};
const resolve = (nodes: object[], to: Side, declared: DeclaredBinding[] = [], settings = {}) => {
  const workflow = toWorkflow(nodes, settings);
  const workflows = [{ lineageId: 'L1', workflow }];
  const resolution = resolveReferences({ source: SOURCE, target: to, declared, workflows }).get('L1')!;
  const after = remapReferences(workflow, resolution.bound);
  return { ...resolution, after, credentials: after.workflow.nodes.map((one) => one.credentials.httpHeaderAuth?.id) };
};

describe('a credential', () => {
  it('is the one of the same name and type', () => {
    const { credentials, unresolved } = resolve(
      [asks('c1')],
      target({ credentials: [shop('p1'), shop('x', 'other')] }),
    );
    expect([credentials, unresolved]).toEqual([['p1'], []]);
  });

  it('goes by the name that the source has for it now, not by the label in the node', () => {
    const { credentials } = resolve([asks('c1', 'Old label')], target({ credentials: [shop('p1')] }));
    expect(credentials).toEqual(['p1']);
  });

  it('of two namesakes is reported with both, and left as it is', () => {
    const { credentials, unresolved } = resolve([asks('c1')], target({ credentials: [shop('p1'), shop('p2')] }));
    expect(credentials).toEqual(['c1']);
    expect(unresolved).toMatchObject([{ why: 'ambiguous', requirement: 'httpHeaderAuth:Shop API', nodes: ['Ask c1'] }]);
    expect(unresolved[0]!.candidates.map(({ n8nId }) => n8nId)).toEqual(['p1', 'p2']);
  });

  it('that is missing is reported with those of its type', () => {
    const credentials = [{ n8nId: 'p9', name: 'Shop live', type: 'httpHeaderAuth' }, shop('x', 'other')];
    const { unresolved } = resolve([asks('c1'), asks('c1')], target({ credentials }));
    expect(unresolved).toMatchObject([{ why: 'missing', candidates: [{ n8nId: 'p9', name: 'Shop live' }] }]);
  });

  it('is what somebody declared, the own lineage before everybody', () => {
    const credentials = [shop('p1'), shop('p2'), { ...shop('p3'), name: 'Live' }];
    const declared = [
      declare({ n8nId: 'p2', name: 'Shop API' }),
      declare({ n8nId: 'p3', name: 'Live' }, { lineageId: 'L1' }),
      declare({ n8nId: 'p1', name: 'Shop API' }, { lineageId: 'L2' }),
    ];
    expect(resolve([asks('c1')], target({ credentials }), declared).credentials).toEqual(['p3']);
    expect(resolve([asks('c1')], target({ credentials }), declared.slice(0, 1)).credentials).toEqual(['p2']);
  });

  it('that was declared for an instance that does not list its own is believed, and nothing else is', () => {
    const to = target({ listsCredentials: false });
    const declared = declare({ n8nId: 'only-there', name: 'Live' });
    expect(resolve([asks('c1')], to, [declared])).toMatchObject({ credentials: ['only-there'], unresolved: [] });
    expect(resolve([asks('c1')], to).unresolved).toMatchObject([{ why: 'missing' }]);
  });

  it('that was declared and is gone, or has run out, is said; the namesake does not step in', () => {
    const to = target({ credentials: [shop('p1')] });
    const gone = resolve([asks('c1')], to, [declare({ n8nId: 'deleted', name: 'Shop API' })]);
    expect(gone.unresolved).toMatchObject([{ why: 'gone' }]);
    const expired = resolve([asks('c1')], to, [declare({ n8nId: 'p1', name: 'Shop API' }, { expired: true })]);
    expect(expired.unresolved).toMatchObject([{ why: 'expired' }]);
    expect([gone.credentials, expired.credentials]).toEqual([['c1'], ['c1']]);
  });

  it('may be kept as it is', () => {
    const { credentials, unresolved } = resolve([asks('c1')], target(), [declare({ keep: true })]);
    expect([credentials, unresolved]).toEqual([['c1'], []]);
  });

  it('is never chosen from several, whatever the target holds', () => {
    const names = fc.constantFrom('Shop API', 'Other');
    const types = fc.constantFrom('httpHeaderAuth', 'oAuth2Api');
    fc.assert(
      fc.property(fc.array(fc.record({ name: names, type: types }), { maxLength: 6 }), (drafts) => {
        const credentials = drafts.map((draft, at) => ({ ...draft, n8nId: `p${at}` }));
        const fitting = credentials.filter(({ name, type }) => name === 'Shop API' && type === 'httpHeaderAuth');
        const { unresolved, credentials: written } = resolve([asks('c1')], target({ credentials }));
        expect(written).toEqual([fitting.length === 1 ? fitting[0]!.n8nId : 'c1']);
        expect(unresolved).toHaveLength(fitting.length === 1 ? 0 : 1);
      }),
    );
  });
});

describe('a sub-workflow', () => {
  const list = (value: string) => ({ __rl: true, mode: 'list', value, cachedResultName: 'Child' });
  const calledId = ({ after }: ReturnType<typeof resolve>) =>
    (after.workflow.nodes.find(({ name }) => name === 'Call')!.parameters.workflowId as { value: string }).value;

  it('is the one of its lineage, also as error workflow', () => {
    const workflows = [{ n8nId: 'p-2', name: 'Child live', lineageId: 'L2' }];
    const one = resolve([calls(list('src-2'))], target({ workflows }), [], { errorWorkflow: 'src-2' });
    expect([calledId(one), one.after.workflow.settings.errorWorkflow, one.unresolved]).toEqual(['p-2', 'p-2', []]);
  });

  it('that is written along is its placeholder until it exists', () => {
    const child = { lineageId: 'L2', workflow: toWorkflow([]) };
    const parent = { lineageId: 'L1', workflow: toWorkflow([calls(list('src-2'))]) };
    const resolutions = resolveReferences({
      source: SOURCE,
      target: target(),
      declared: [],
      workflows: [parent, child],
    });
    expect(resolutions.get('L1')!.bound).toMatchObject([{ to: { id: placeholderId('L2') } }]);
    expect(resolutions.get('L1')!.unresolved).toEqual([]);
  });

  it('is not found by its name: namesakes are only proposed', () => {
    const workflows = [{ n8nId: 'p-3', name: 'Stranger', lineageId: null }];
    const one = resolve([calls(list('src-3'))], target({ workflows }));
    expect(calledId(one)).toBe('src-3');
    expect(one.unresolved).toEqual([
      {
        kind: 'workflow',
        requirement: 'Stranger',
        why: 'missing',
        candidates: [{ n8nId: 'p-3', name: 'Stranger' }],
        nodes: ['Call'],
      },
    ]);
  });

  it('that an expression names is reported as such, never guessed', () => {
    const id = { __rl: true, mode: 'id', value: '={{ $json.which }}' };
    const workflows = [{ n8nId: 'p-2', name: 'Child', lineageId: 'L2' }];
    expect(resolve([calls(id)], target({ workflows })).unresolved).toMatchObject([
      { kind: 'workflow', why: 'dynamic', requirement: '={{ $json.which }}', nodes: ['Call'] },
    ]);
  });

  it('that is the workflow itself stays itself', () => {
    const workflows = [{ n8nId: 'p-1', name: 'Parent', lineageId: 'L1' }];
    expect(calledId(resolve([calls(list('src-1'))], target({ workflows })))).toBe('p-1');
    expect(calledId(resolve([calls(list('src-1'))], target()))).toBe(placeholderId('L1'));
  });
});

describe('a parameter', () => {
  const value = { node: 'Ask c1', path: ['parameters', 'url'], type: 'text' as const, value: 'https://live' };
  const requirement = parameterKey(value.node, value.path);
  const parameter = (over: Partial<DeclaredBinding> = {}) =>
    declare(value, { kind: 'parameter', lineageId: 'L1', requirement, ...over });

  it('is set where its lineage declares it, and only there', () => {
    const to = target({ credentials: [shop('p1')] });
    expect(resolve([asks('c1')], to, [parameter()]).overrides).toEqual([value]);
    expect(resolve([asks('c1')], to, [parameter({ lineageId: 'L2' })]).overrides).toEqual([]);
  });

  it('whose declaration has run out is said, and not set', () => {
    const { overrides, unresolved } = resolve([], target(), [parameter({ expired: true })]);
    expect(overrides).toEqual([]);
    expect(unresolved).toMatchObject([{ kind: 'parameter', why: 'expired', requirement: 'Ask c1/parameters/url' }]);
  });
});

describe('the digest of resolutions', () => {
  const digest = (to: Side, declared: DeclaredBinding[] = []) => {
    const workflows = [{ lineageId: 'L1', workflow: toWorkflow([asks('c1')]) }];
    return resolutionsDigest(resolveReferences({ source: SOURCE, target: to, declared, workflows }));
  };

  it('changes with what is written, and with nothing else', () => {
    const [one, two] = [shop('p1'), { ...shop('p2'), name: 'Live' }];
    const base = digest(target({ credentials: [one, two] }));
    expect(digest(target({ credentials: [two, one] }))).toBe(base);
    expect(digest(target({ credentials: [one, two] }), [declare({ n8nId: 'p1', name: 'Shop API' })])).toBe(base);
    expect(digest(target({ credentials: [one, two] }), [declare({ n8nId: 'p2', name: 'Live' })])).not.toBe(base);
  });
});
