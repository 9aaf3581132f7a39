import type { Finding } from './run-checks';

/** A decision to live with a finding: of one check, in one node or, without one, in the whole workflow. */
export interface Suppression {
  readonly check: string;
  /** The node's name, which survives where keys do not; null for findings about the workflow itself. */
  readonly node?: string | null;
  /** Why. Without a reason a suppression does nothing. */
  readonly reason: string;
}

/** Findings parted by what has been decided about them. */
export interface SuppressedFindings {
  readonly open: readonly Finding[];
  readonly suppressed: readonly { readonly finding: Finding; readonly suppression: Suppression }[];
  /** Suppressions that no longer meet a finding, to be removed. */
  readonly unused: readonly Suppression[];
  /** Suppressions without a reason: refused. */
  readonly unreasoned: readonly Suppression[];
}

/** Parts findings by suppressions. The first that fits counts; one without a reason never does. */
export function suppressFindings(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
): SuppressedFindings {
  const reasoned = suppressions.filter(({ reason }) => reason.trim() !== '');
  const open: Finding[] = [];
  const suppressed: { finding: Finding; suppression: Suppression }[] = [];
  for (const finding of findings) {
    const suppression = reasoned.find((candidate) => covers(candidate, finding));
    if (suppression) suppressed.push({ finding, suppression });
    else open.push(finding);
  }
  const used = new Set(suppressed.map(({ suppression }) => suppression));
  return {
    open,
    suppressed,
    unused: reasoned.filter((suppression) => !used.has(suppression)),
    unreasoned: suppressions.filter(({ reason }) => reason.trim() === ''),
  };
}

const covers = ({ check, node }: Suppression, finding: Finding): boolean =>
  check === finding.check && (node === undefined || node === (finding.node?.name ?? null));
