import type { Change } from '@/lib/workflow/diff/change';
import type { Edge } from '@/lib/workflow/model';

/** A readable id for each change, for the URL: `Charge card/parameters/url`. Never the same twice. */
export function changeIds(changes: readonly Change[]): string[] {
  const seen = new Map<string, number>();
  return changes.map((change) => {
    const id = nameOf(change);
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    return times === 1 ? id : `${id} (${times})`;
  });
}

function nameOf(change: Change): string {
  switch (change.kind) {
    case 'node.added':
    case 'node.removed':
    case 'node.renamed':
    case 'node.moved':
      return `${change.node.name}/${change.kind.slice('node.'.length)}`;
    case 'node.changed':
      return [change.node.name, ...change.path].join('/');
    case 'connection.added':
    case 'connection.removed':
      return `${edgeName(change.edge)}/${change.kind.slice('connection.'.length)}`;
    case 'connection.reordered':
      return `${change.after[0]?.from}/order`;
    case 'workflow.changed':
      return change.path.join('/');
  }
}

function edgeName({ from, type, output, to, input }: Edge): string {
  return `${from}:${type === 'main' ? output : type}→${to}:${input}`;
}
