/** How each kind of background work is called on a page; a kind without words shows its own name. */
const WORDS: Record<string, string> = {
  'approved-adopt': 'Adopt as approved',
  'approved-refresh': 'Read what git holds',
  'approved-save': 'Save as approved',
  'drift-check': 'Check for drift',
  'drift-prune': 'Forget old checks and incidents',
  'environment-sync': 'Refresh',
  'incident-escalate': 'Escalate overdue incidents',
  'incident-notify': 'Mail about an incident',
  'incident-resolve': 'Resolve an incident',
  'lineage-link': 'Link workflows',
  'restore-due': 'Take up a restore',
  'restore-run': 'Restore',
  'snapshot-take': 'Take a snapshot',
};

export const jobInWords = (type: string): string => WORDS[type] ?? type;
