import type { TenantContext } from '@/lib/kernel/context';
import { pacer } from '@/lib/kernel/pace';
import { diffWorkflows } from '@/lib/workflow/diff/diff-workflows';
import type { Workflow } from '@/lib/workflow/model';
import { assessRisk } from '@/lib/workflow/risk/assess-risk';
import { describeChanges } from '@/lib/workflow/sentences/describe-changes';
import { changedParts, changeOf, countChanges, type EntryPair, nameOf, pairEntries } from './model';
import { type OpenMoment, openMoment } from './moments';
import type { SnapshotComparison } from './schema';

/** So many workflows are looked into; of the others it is said which parts differ. */
const DESCRIBED = 200;
const SENTENCES = 12;

type Line = SnapshotComparison['workflows'][number];
type Described = Pick<Line, 'risk' | 'sentences' | 'more'>;
const UNDESCRIBED: Described = { risk: null, sentences: [], more: 0 };

/** What differs between two moments, of one environment or of two, workflow by workflow, in sentences. */
export async function compareMoments(
  ctx: TenantContext,
  { from, to, layout }: { from: string; to: string; layout: boolean },
): Promise<SnapshotComparison> {
  const [before, after] = [await openMoment(ctx, from, 'from'), await openMoment(ctx, to, 'to')];
  const pairs = pairEntries(before.entries, after.entries);
  const differing = pairs.filter((pair) => changeOf(pair) !== null);
  const layoutOnly = differing.filter((pair) => changedParts(pair).join() === 'layout');
  const told = layout ? differing : differing.filter((pair) => !layoutOnly.includes(pair));
  const described = await describe(before, after, told);
  const substantial = differing.filter((pair) => !layoutOnly.includes(pair));
  return {
    from: before.face,
    to: after.face,
    counts: {
      ...countChanges(substantial.map((pair) => changeOf(pair)!)),
      layoutOnly: layoutOnly.length,
      unchanged: pairs.length - differing.length,
    },
    workflows: told.map((pair) => ({
      name: nameOf(pair),
      lineageId: (pair.after ?? pair.before)!.entry.lineageId,
      n8nId: (pair.after ?? pair.before)!.entry.n8nId,
      change: changeOf(pair)!,
      fromFile: before.hasFiles ? (pair.before?.file ?? null) : null,
      toFile: after.hasFiles ? (pair.after?.file ?? null) : null,
      parts: changedParts(pair),
      ...(described.get(pair) ?? UNDESCRIBED),
    })),
  };
}

async function describe(before: OpenMoment, after: OpenMoment, pairs: readonly EntryPair[]) {
  const modified = pairs.filter((pair) => changeOf(pair) === 'modified').slice(0, DESCRIBED);
  const olds = await before.read(modified.map((pair) => pair.before!.file));
  const news = await after.read(modified.map((pair) => pair.after!.file));
  const described = new Map<EntryPair, Described>();
  const pace = pacer();
  for (const pair of modified) {
    const [was, is] = [olds.get(pair.before!.file), news.get(pair.after!.file)];
    if (was && is) described.set(pair, describeOne(was, is));
    await pace();
  }
  return described;
}

function describeOne(before: Workflow, after: Workflow): Described {
  const changes = diffWorkflows(before, after);
  const sentences = describeChanges(changes, after).slice(0, SENTENCES);
  return {
    risk: assessRisk(before, after, changes).level,
    sentences: sentences.map((sentence) => sentence.map(({ role, text }) => ({ role, text }))),
    more: changes.length - sentences.length,
  };
}
