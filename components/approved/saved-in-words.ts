/** What a save or an adoption did, from its job's result; of an unknown shape only that it is done. */
export function savedInWords(result: unknown): string {
  if (typeof result !== 'object' || result === null) return 'Done.';
  const { status, workflowCount, left, secrets } = result as Record<string, unknown>;
  if (typeof workflowCount !== 'number') return 'Done.';
  const workflows = `${workflowCount} ${workflowCount === 1 ? 'workflow' : 'workflows'}`;
  const first =
    status === 'unchanged' ? `Nothing differed from git: ${workflows}, no commit.` : `${workflows} committed.`;
  return [first, ...leftInWords(left), ...secretsInWords(secrets)].join(' ');
}

/** Why some are not in git. */
function leftInWords(left: unknown): string[] {
  if (typeof left !== 'object' || left === null) return [];
  return Object.entries(left).flatMap(([why, names]) =>
    Array.isArray(names) && names.length > 0 ? `Left out, ${why}: ${names.join(', ')}.` : [],
  );
}

/** What is in git by now and should be in a credential. */
function secretsInWords(secrets: unknown): string[] {
  if (!Array.isArray(secrets) || secrets.length === 0) return [];
  const names = [...new Set(secrets.map(({ workflow }) => workflow))];
  return [`Secrets are written out in ${names.join(', ')}, and are in git with it.`];
}
