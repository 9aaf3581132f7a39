/** Callers last: an id is known before it is called. */
export const NAMES = ['Child', 'Parent', 'Solo'] as const;
export type Name = (typeof NAMES)[number];

/** One workflow in production; versions are their texts, a caller's with the id that it calls. */
export type Copy = { id: string; doc: string; runs: string | null; archived: boolean };
export type Approved = { id: string; doc: string; active: boolean };
export type Baseline = { source: string; target: Copy; deploymentId: string };
export type Choice = 'overwrite' | 'skip';

/** `becomes` null: it goes to the archive. An id is null until it is made. */
export type Write = {
  name: Name;
  from: string | null;
  now: Copy | null;
  becomes: { doc: string; active: boolean } | null;
};
export type Planned = { writes: Write[]; blocked: boolean; unchanged: Name[]; inputs: string };
export type ModelPromotion = {
  id: string;
  status: 'pending' | 'pending_approval' | 'approved';
  selected: Name[];
  choices: Map<Name, Choice>;
  inputs: string;
  approved: Set<string>;
};
type Item = { id: string; before: Copy | null };
export type ModelDeployment = { id: string; items: Map<Name, Item>; rolledBack: boolean };

/** What the instance of production can do, and asks for. */
export type Line = { calleesFirst: boolean; drafts: boolean; archives: boolean };

const NEW = 'new Child';

/** Everything that should be true of the product, in a form small enough to be seen to be right. */
export class CycleModel {
  readonly source = new Map<Name, string>(NAMES.map((name) => [name, `${name} 0`]));
  target = new Map<Name, Copy>();
  readonly approved = new Map<Name, Approved>();
  hasBaseline = false;
  readonly baselines = new Map<Name, Baseline>();
  promotions: ModelPromotion[] = [];
  readonly deployments: ModelDeployment[] = [];
  isHeld = false;
  /** The drift that the open incident shows; null: none is open. */
  incident: Map<Name, { driftClass: string; print: string }> | null = null;
  readonly accepted = new Map<Name, string>();

  constructor(readonly line: Line) {}

  /** What a promotion of these would write now, and whether something stands in its way. */
  plan(selected: readonly Name[], choices: ReadonlyMap<Name, Choice>): Planned {
    const isMember = (name: Name) =>
      selected.includes(name) || (name === 'Child' && selected.includes('Parent') && this.source.has('Parent'));
    const members = NAMES.filter(isMember);
    const writes: Write[] = [];
    const unchanged: Name[] = [];
    let blocked = false;
    for (const name of members) {
      const change = this.compare(name, writes);
      const choice = choices.get(name);
      const open = change === 'conflict' || change === 'target_hotfix';
      const [now, isSelected] = [this.target.get(name) ?? null, selected.includes(name)];
      if (change === 'unchanged' && isSelected) unchanged.push(name);
      const isLacking = !now || now.archived;
      if (open && !choice && isSelected) blocked = true;
      const isWritten =
        choice !== 'skip' && change !== 'unchanged' && (open ? choice === 'overwrite' : isSelected || isLacking);
      if (!isWritten) continue;
      const text = this.source.get(name) ?? null;
      const becomes =
        text === null ? null : { doc: this.desired(name, text, writes), active: now ? now.runs !== null : true };
      writes.push({ name, from: text, now, becomes });
    }
    const parent = writes.find(({ name }) => name === 'Parent');
    if (parent?.becomes) {
      const child = writes.find(({ name }) => name === 'Child');
      const standing = this.target.get('Child');
      if (!child && (!standing || standing.archived)) blocked = true;
      const runs = child ? child.becomes?.active : standing?.runs;
      if (this.line.calleesFirst && parent.becomes.active && !runs) blocked = true;
    }
    const isIdle = writes.every((write) => this.isDone(write));
    return { writes, unchanged, blocked: blocked || isIdle, inputs: isIdle ? '' : JSON.stringify(writes) };
  }

  /** Nothing has to be called for it. Where nothing can be archived, what is to go is switched off, and stays. */
  isDone({ now, becomes }: Write): boolean {
    if (!now) return false;
    if (!becomes) return now.archived || (!this.line.archives && now.runs === null);
    return !now.archived && now.doc === becomes.doc && now.runs === (becomes.active ? becomes.doc : null);
  }

  /** A version as it reads over there, where the caller calls what stands there or is made with it. */
  private desired(name: Name, text: string, writes: readonly Write[]): string {
    if (name !== 'Parent') return text;
    const isMade = writes.some((write) => write.name === 'Child' && !write.now);
    return `${text} → ${isMade ? NEW : (this.target.get('Child')?.id ?? NEW)}`;
  }

  private compare(name: Name, writes: readonly Write[]) {
    const [text, now, base] = [this.source.get(name), this.target.get(name), this.baselines.get(name)];
    if (text === undefined) {
      if (!now || now.archived) return 'unchanged';
      const isUntouched = base ? isAsReleased(now, base.target) : this.approved.get(name)?.doc === now.doc;
      return isUntouched ? 'deleted' : 'conflict';
    }
    if (!now) return base ? 'conflict' : 'added';
    const doc = this.desired(name, text, writes);
    if (!now.archived && now.doc === doc && (now.runs === null || now.runs === doc)) return 'unchanged';
    if (!base) {
      const approved = this.approved.get(name);
      if (approved?.doc === now.doc) return 'modified';
      return now.archived && !approved ? 'added' : 'conflict';
    }
    if (isAsReleased(now, base.target)) return 'modified';
    return text === base.source ? 'target_hotfix' : 'conflict';
  }

  /** What a check finds. */
  drift(): Map<Name, { driftClass: string; print: string }> {
    const found = new Map<Name, { driftClass: string; print: string }>();
    for (const [name, approved] of this.approved) {
      const now = this.target.get(name) ?? null;
      const driftClass = driftOf(approved, now);
      const print = JSON.stringify([approved, now]);
      if (driftClass && this.accepted.get(name) !== print) found.set(name, { driftClass, print });
    }
    return found;
  }

  /** What taking a deployment back would write; `edits`: it would go over what it did not leave. */
  rollback({ id, items }: ModelDeployment): { writes: Write[]; edits: boolean } {
    const writes: Write[] = [];
    let edits = false;
    for (const [name, { before }] of items) {
      const now = this.target.get(name) ?? null;
      const base = this.baselines.get(name);
      const left = base?.deploymentId === id ? base.target : null;
      const isBack = !before || before.archived;
      if (isBack && (!now || now.archived)) continue;
      const becomes = isBack ? null : { doc: before.runs ?? before.doc, active: before.runs !== null };
      const child = items.get('Child');
      if (becomes && name === 'Parent' && child?.before && !child.before.archived) {
        becomes.doc = becomes.doc.replace(child.id, this.target.get('Child')?.id ?? NEW);
      }
      const write = { name, from: null, now, becomes };
      writes.push(write);
      // What is back already has nothing that could be lost.
      if (!this.isDone(write) && (left ? !isSame(left, now) : now && !now.archived)) edits = true;
    }
    return { writes, edits: edits || this.isMissed(writes) };
  }

  /** The child would go to the archive from under a parent that stays as it is. */
  private isMissed(writes: readonly Write[]): boolean {
    const child = writes.find((write) => write.name === 'Child' && !write.becomes && !this.isDone(write));
    const parent = this.target.get('Parent');
    if (!child || !parent || parent.archived || writes.some(({ name }) => name === 'Parent')) return false;
    return (parent.runs ?? parent.doc).endsWith(` → ${child.now!.id}`);
  }

  /** What bringing these back to what is approved would write. A caller follows one that is made under another id. */
  revert(names: readonly Name[]): Write[] {
    const isMade = names.includes('Child') && !this.target.has('Child');
    const [old, parent] = [this.approved.get('Child')?.id, this.target.get('Parent')];
    const follows = isMade && parent && this.approved.has('Parent') && !this.drift().has('Parent');
    return [...names, ...(follows && !names.includes('Parent') ? (['Parent'] as const) : [])].map((name) => {
      const { doc, active } = this.approved.get(name)!;
      const becomes = { doc: isMade && old ? doc.replace(old, NEW) : doc, active };
      return { name, from: null, now: this.target.get(name) ?? null, becomes };
    });
  }

  /** What stands once these are written; `madeChild` is the id of a Child that was made. */
  after(writes: readonly Write[], made: ReadonlyMap<Name, string>): Map<Name, Copy> {
    const after = new Map(this.target);
    for (const { name, now, becomes } of writes) {
      if (!becomes) after.set(name, { ...now!, runs: null, archived: this.line.archives });
      else {
        const doc = becomes.doc.replace(NEW, made.get('Child') ?? NEW);
        after.set(name, { id: now?.id ?? made.get(name)!, doc, runs: becomes.active ? doc : null, archived: false });
      }
    }
    return after;
  }
}

/** Switching it on or off is no edit of it. */
function isAsReleased(now: Copy, released: Copy): boolean {
  const runs = released.runs !== null && now.runs !== null ? released.runs : now.runs;
  return isSame({ ...released, runs }, now);
}

const isSame = (a: Copy, b: Copy | null): boolean =>
  b !== null && a.doc === b.doc && a.runs === b.runs && a.archived === b.archived;

function driftOf(approved: Approved, now: Copy | null): string | null {
  if (!now) return 'deleted';
  if (now.doc !== approved.doc) return 'edited';
  if (now.runs !== null && now.runs !== approved.doc) return 'published_without_promotion';
  if (now.archived || (approved.active && now.runs === null)) return 'deactivated';
  return !approved.active && now.runs !== null ? 'activated' : null;
}
