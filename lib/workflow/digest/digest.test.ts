import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '../canonical/document';
import { diffWorkflows } from '../diff/diff-workflows';
import plain from '../fixtures/order-intake.json';
import saved1 from '../fixtures/order-intake-1.123.json';
import saved2 from '../fixtures/order-intake-2.41.json';
import { holds } from '../fixtures/property';
import { runningWorkflow } from '../model';
import { readWorkflow } from '../read/read-workflow';
import { draftAndRunningDigests, partDigests } from './digest';
import { sha256 as sha256InBrowser } from './sha256.browser';
import { sha256 as sha256InNode } from './sha256.node';
import { partAndShapeDigests, shapeDigest } from './shape-digest';

describe('the same workflow saved in n8n 1.123 and in 2.41', () => {
  const [file, one, two] = [plain, saved1, saved2].map((json) => readWorkflow(json).workflow!);

  it('has one logic, one set of settings and one set of test data', () => {
    const [a, b, c] = [file!, one!, two!].map((one) => partDigests(one));
    for (const part of ['logic', 'settings', 'testData'] as const)
      expect([b![part], c![part]]).toEqual([a![part], a![part]]);
  });

  it('differs only in labels and in the webhook id that the newer one made up', () => {
    expect(diffWorkflows(one!, two!).map((change) => [change.class, 'path' in change && change.path.at(-1)])).toEqual([
      ['exposure', 'webhookId'],
      ['cosmetic', 'httpHeaderAuth'],
      ['cosmetic', 'cachedResultName'],
      ['cosmetic', 'cachedResultUrl'],
    ]);
  });

  it('runs what it shows, on both', () => {
    for (const workflow of [one!, two!]) {
      const { draft, running } = draftAndRunningDigests(workflow);
      expect(running?.logic).toBe(draft.logic);
    }
  });
});

describe('draft and published', () => {
  const body = (edit: object) => readWorkflow({ ...structuredClone(saved2), ...edit }).workflow!;

  it('are told apart: an unpublished change moves the draft alone', () => {
    const nodes = saved2.nodes.map((node) => ({ ...node, disabled: true }));
    const [before, after] = [draftAndRunningDigests(body({})), draftAndRunningDigests(body({ nodes }))];
    expect(after.draft.logic).not.toBe(before.draft.logic);
    expect(after.running!.logic).toBe(before.running!.logic);
  });

  it('are one on instances that do not store the published version', () => {
    const workflow = body({ activeVersion: undefined });
    expect(canonicalText(runningWorkflow(workflow)!)).toBe(canonicalText(workflow));
  });

  it('leaves nothing running when the workflow is inactive', () => {
    expect(draftAndRunningDigests(body({ active: false })).running).toBeNull();
  });
});

describe('SHA-256', () => {
  it('is the same on the server and in the browser', () => {
    holds(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(sha256InBrowser(text)).toBe(sha256InNode(text));
      }),
    );
  });

  it('gives the digest of the standard', () => {
    expect(sha256InNode('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('the shape', () => {
  it('is the same on two instances whose ids differ, and is no logic digest', () => {
    const other = structuredClone(plain);
    other.nodes[4]!.credentials!.httpHeaderAuth!.id = 'elsewhere';
    const [here, there] = [plain, other].map((json) => readWorkflow(json).workflow!);
    expect(partDigests(there!).logic).not.toBe(partDigests(here!).logic);
    expect(shapeDigest(there!)).toBe(shapeDigest(here!));
    expect(shapeDigest(here!)).not.toBe(partDigests(here!).logic);
    expect(partAndShapeDigests(here!)).toEqual({ ...partDigests(here!), shape: shapeDigest(here!) });
  });
});
