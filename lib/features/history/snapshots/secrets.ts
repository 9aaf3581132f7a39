import { blocked } from '@/lib/core/errors';
import { plaintextSecret } from '@/lib/workflow/checks/check-secrets';
import { runChecks } from '@/lib/workflow/checks/run-checks';
import type { Workflow } from '@/lib/workflow/model';

/** Where a secret is written out. The message never repeats one. */
export type FoundSecret = { workflow: string; n8nId: string; node: string; path: string; message: string };

/** Secrets that a workflow would carry into git, where they stay. */
export function secretsOf({ n8nId, workflow }: { n8nId: string; workflow: Workflow }): FoundSecret[] {
  const found = runChecks(workflow).filter(({ check }) => check === plaintextSecret.id);
  return found.map(({ node, path, message }) => ({
    workflow: workflow.name,
    n8nId,
    node: node?.name ?? '',
    path: path.join('.'),
    message,
  }));
}

export const placeOfSecret = ({ workflow, node, path }: FoundSecret): string => `${workflow}, ${node}: ${path}`;

/** Refuses them. `otherwise`: what somebody does who wants them in git all the same. */
export function secretsFound(secrets: readonly FoundSecret[], otherwise: string) {
  const [first] = secrets;
  const more = secrets.length > 1 ? ` and ${secrets.length - 1} more` : '';
  return blocked(
    `Secrets are written out in workflows: ${first!.workflow}, ${first!.node}: ${first!.message}${more} What is once in git stays there.`,
    'plaintext_secrets',
    `Put them into credentials, or ${otherwise} with acceptSecrets.`,
  );
}
