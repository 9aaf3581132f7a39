import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '../canonical/document';
import { logicText } from '../canonical/parts';
import agent from '../fixtures/agent-fragment.json';
import { anyWorkflow, tidyWorkflow } from '../fixtures/arbitrary-workflow';
import legacy from '../fixtures/legacy.json';
import { MUTATIONS } from '../fixtures/mutations';
import orderIntake from '../fixtures/order-intake.json';
import { holds } from '../fixtures/property';
import type { Workflow } from '../model';
import { readWorkflow } from '../read/read-workflow';
import { describeChanges } from '../sentences/describe-changes';
import { applyChanges } from './apply-changes';
import type { NodeFieldChanged } from './change';
import { diffWorkflows } from './diff-workflows';

const read = (json: unknown): Workflow => readWorkflow(json).workflow!;

// biome-ignore lint/suspicious/noExplicitAny: a draft of foreign JSON, edited by the tests
function changed(json: unknown, edit: (draft: any) => void): Workflow {
  const draft = structuredClone(json);
  edit(draft);
  return read(draft);
}

describe('properties of the diff', { timeout: 60_000 }, () => {
  it('is empty between equal workflows', () => {
    holds(
      fc.property(anyWorkflow, (workflow) => {
        const again = read(JSON.parse(canonicalText(workflow)));
        expect(diffWorkflows(workflow, { ...again, name: workflow.name })).toEqual([]);
      }),
    );
  });

  it('applied to the old workflow gives the new one, byte for byte', () => {
    holds(
      fc.property(anyWorkflow, anyWorkflow, (before, after) => {
        const changes = diffWorkflows(before, after);
        expect(canonicalText(applyChanges(before, changes))).toBe(canonicalText(after));
        expect(describeChanges(changes, after)).toHaveLength(changes.length);
      }),
      500,
    );
  });

  it('survives being sent as JSON', () => {
    holds(
      fc.property(tidyWorkflow, tidyWorkflow, (before, after) => {
        const sent = JSON.parse(JSON.stringify(diffWorkflows(before, after)));
        expect(canonicalText(applyChanges(before, sent))).toBe(canonicalText(after));
      }),
    );
  });

  it('calls cosmetic only what leaves the logic alone', () => {
    holds(
      fc.property(anyWorkflow, anyWorkflow, (before, after) => {
        const cosmetic = diffWorkflows(before, after).filter((change) => change.class === 'cosmetic');
        expect(logicText(applyChanges(before, cosmetic))).toBe(logicText(before));
      }),
    );
  });
});

describe('one edit is reported as exactly that edit', () => {
  const fixtures = { 'order-intake': orderIntake, legacy, 'agent-fragment': agent };
  for (const [file, json] of Object.entries(fixtures)) {
    it.each(MUTATIONS)(`${file}: $name`, ({ edit, expected }) => {
      const draft = structuredClone(json);
      expect(edit(draft)).toBe(true);
      const [before, after] = [read(json), read(draft)];
      const changes = diffWorkflows(before, after);
      expect(changes.map((change) => [change.kind, change.class])).toEqual(expected);
      expect(canonicalText(applyChanges(before, changes))).toBe(canonicalText(after));
    });
  }
});

describe('the diff of order intake', () => {
  const before = read(orderIntake);

  it('names the parameter, down to the item of a list', () => {
    const after = changed(orderIntake, (draft) => {
      draft.nodes[4].parameters.bodyParameters.parameters[0].value = '=1';
      draft.nodes[4].parameters.bodyParameters.parameters.push({ name: 'currency', value: 'EUR' });
    });
    const paths = diffWorkflows(before, after).map((change) => (change as NodeFieldChanged).path.join('.'));
    expect(paths).toEqual(['parameters.bodyParameters.parameters.0.value', 'parameters.bodyParameters.parameters.1']);
  });

  it('marks code to be compared line by line', () => {
    const after = changed(orderIntake, (draft) => (draft.nodes[2].parameters.jsCode += '\n// done'));
    expect(diffWorkflows(before, after)).toMatchObject([{ path: ['parameters', 'jsCode'], text: 'code' }]);
  });

  it('marks queries and prompts to be compared line by line, where the node works with such', () => {
    const kinds = (type: string, key: string) => {
      const [before, after] = ['a', 'b'].map((value) =>
        read({ nodes: [{ id: '1', name: 'A', type, parameters: { [key]: value } }] }),
      );
      return diffWorkflows(before!, after!).map((change) => 'text' in change && change.text);
    };
    expect(kinds('n8n-nodes-base.postgres', 'query')).toEqual(['sql']);
    expect(kinds('@n8n/n8n-nodes-langchain.agent', 'systemMessage')).toEqual(['prompt']);
    expect(kinds('n8n-nodes-base.httpRequest', 'query')).toEqual([false]);
  });

  it('tells exposure and schedule from behaviour', () => {
    const after = changed(orderIntake, (draft) => {
      draft.nodes[0].parameters.authentication = 'none';
      draft.nodes[1].parameters.rule.interval[0].minutesInterval = 5;
      draft.settings.availableInMCP = true;
    });
    expect(diffWorkflows(before, after).map((change) => change.class)).toEqual(['schedule', 'exposure', 'exposure']);
  });

  it('takes a renamed credential for the same credential', () => {
    const after = changed(orderIntake, (draft) => (draft.nodes[6].credentials.smtp.name = 'Mail (new)'));
    expect(diffWorkflows(before, after)).toMatchObject([{ class: 'cosmetic', path: ['credentials', 'smtp'] }]);
  });

  it('reports a reference that did not follow a rename', () => {
    const after = changed(orderIntake, (draft) => {
      draft.nodes[2].name = 'Check order';
      draft.connections['Check order'] = draft.connections['Validate order'];
      delete draft.connections['Validate order'];
      for (const source of ['Orders webhook', 'Every 15 min'])
        draft.connections[source].main[0][0].node = 'Check order';
      draft.nodes[3].parameters.conditions.conditions[0].leftValue = "={{ $('Check order').item.json.stock }}";
      draft.nodes[4].parameters.bodyParameters.parameters[0].value = '={{ $node["Check order"].json.total }}';
    });
    expect(diffWorkflows(before, after)).toMatchObject([
      { kind: 'node.renamed', before: 'Validate order', after: 'Check order' },
      { kind: 'node.changed', node: { name: 'Backorder mail' }, path: ['parameters', 'subject'] },
    ]);
  });

  it('leaves what a sticky note says about a renamed node alone', () => {
    const noted = structuredClone(orderIntake);
    Object.assign(noted.nodes[7]!.parameters, { content: "See $('Create invoice')" });
    const after = changed(noted, (draft) => {
      draft.nodes[5].name = 'Invoice';
      draft.connections['Charge card'].main[0][0].node = 'Invoice';
    });
    expect(diffWorkflows(read(noted), after).map((change) => change.kind)).toEqual(['node.renamed']);
  });

  it('understands two nodes that swap their names', () => {
    const after = changed(orderIntake, (draft) => {
      [draft.nodes[5].name, draft.nodes[6].name] = [draft.nodes[6].name, draft.nodes[5].name];
      draft.connections['In stock?'].main[1][0].node = 'Create invoice';
      draft.connections['Charge card'].main[0][0].node = 'Backorder mail';
    });
    expect(diffWorkflows(before, after).map((change) => change.kind)).toEqual(['node.renamed', 'node.renamed']);
  });

  it('gives a node put between two others together with its connections', () => {
    const after = changed(orderIntake, (draft) => {
      draft.nodes.push({
        id: 'new',
        name: 'Fraud check',
        type: 'n8n-nodes-base.executeWorkflow',
        typeVersion: 1,
        position: [0, 0],
        parameters: {},
      });
      draft.connections['In stock?'].main[0][0].node = 'Fraud check';
      draft.connections['Fraud check'] = { main: [[{ node: 'Charge card', type: 'main', index: 0 }]] };
    });
    expect(diffWorkflows(before, after)).toMatchObject([
      { kind: 'node.added', edges: [{ from: 'Fraud check' }, { to: 'Fraud check' }] },
      { kind: 'connection.removed', edge: { from: 'In stock?', to: 'Charge card' } },
    ]);
  });
});

describe('matching without ids', () => {
  it('finds a renamed legacy node by its content', () => {
    const after = changed(legacy, (draft) => {
      draft.nodes[1].name = 'Download';
      draft.connections.Download = draft.connections.Fetch;
      delete draft.connections.Fetch;
      draft.connections.Start.main[0][0].node = 'Download';
    });
    expect(diffWorkflows(read(legacy), after).map((change) => change.kind)).toEqual(['node.renamed']);
  });

  it('understands legacy nodes that swap their names', () => {
    const after = changed(legacy, (draft) => {
      const [start, fetch] = [draft.connections.Start, draft.connections.Fetch];
      [draft.nodes[0].name, draft.nodes[1].name] = ['Fetch', 'Start'];
      start.main[0][0].node = 'Start';
      draft.connections = { ...draft.connections, Fetch: start, Start: fetch };
    });
    expect(diffWorkflows(read(legacy), after).map((change) => change.kind)).toEqual(['node.renamed', 'node.renamed']);
  });

  it('follows a legacy node that was renamed and changed where it stands', () => {
    const after = changed(legacy, (draft) => {
      draft.nodes[1].name = 'Download';
      draft.nodes[1].parameters.fresh = 1;
      draft.connections.Download = draft.connections.Fetch;
      delete draft.connections.Fetch;
      draft.connections.Start.main[0][0].node = 'Download';
    });
    expect(diffWorkflows(read(legacy), after).map((change) => change.kind)).toEqual(['node.renamed', 'node.changed']);
  });

  it('keeps nodes apart that share a name but neither id nor type', () => {
    const after = changed(orderIntake, (draft) =>
      Object.assign(draft.nodes[6], { id: 'other', type: 'n8n-nodes-base.slack' }),
    );
    const kinds = diffWorkflows(read(orderIntake), after).map((change) => change.kind);
    expect(kinds).toEqual(['node.removed', 'node.added']);
  });

  it('reports another order of targets where execution order v0 follows it', () => {
    const after = changed(legacy, (draft) => draft.connections.Fetch.main[0].reverse());
    expect(diffWorkflows(read(legacy), after)).toMatchObject([
      {
        kind: 'connection.reordered',
        before: [{ to: 'Right' }, { to: 'Left' }],
        after: [{ to: 'Left' }, { to: 'Right' }],
      },
    ]);
  });
});
