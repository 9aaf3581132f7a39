import { conflict, invalidField } from '@/lib/core/errors';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { isExpression } from '@/lib/workflow/references/locator';
import type { BindingValue } from './model';
import { type BindingKind, parameterKey } from './requirement';
import { listsCredentials } from './store';

/** What somebody declares, before it is kept. */
export type Declaration = {
  environmentId: string;
  lineageId?: string | null;
  kind: BindingKind;
  requirement?: string;
  value: BindingValue;
};

/** The requirement of a declaration. Throws `invalid` for a value that its kind cannot have. */
export function requirementOf({ kind, requirement, value, lineageId }: Declaration): string {
  if (kind === 'parameter') {
    if (!('node' in value)) throw wrongValue('A parameter takes node, path, type and value.');
    if (!lineageId) throw invalidField('lineageId', 'A parameter belongs to one lineage.');
    assertOverride(value);
    return parameterKey(value.node, value.path);
  }
  if (!requirement) throw invalidField('requirement', 'Say what is required.');
  if (kind === 'credential' && !/^[^:]+:./.test(requirement)) {
    throw invalidField('requirement', 'A credential is required by its type and name, like httpHeaderAuth:Shop API.');
  }
  const isThing = 'n8nId' in value;
  const fits = 'keep' in value || (kind === 'variable' ? 'name' in value && !isThing && !('node' in value) : isThing);
  if (!fits)
    throw wrongValue(kind === 'variable' ? 'A variable takes its name.' : 'This takes n8nId and name, or keep.');
  return requirement;
}

const wrongValue = (message: string) => invalidField('value', message);

function assertOverride({ path, type, value }: Extract<BindingValue, { node: string }>): void {
  if (path[0] !== 'parameters') throw invalidField('value.path', 'The path begins with parameters.');
  const isText = typeof value === 'string';
  const fits = {
    text: isText && !isExpression(value),
    expression: isText && isExpression(value),
    number: typeof value === 'number',
    boolean: typeof value === 'boolean',
    json: typeof value === 'object' && value !== null,
  };
  if (!fits[type]) throw invalidField('value.value', `This is not of the type ${type}.`);
}

/**
 * What is named must be there now: a binding to nothing would only be noticed by the promotion it stops. Who names a
 * credential of an instance that does not list them is believed.
 */
export async function assertThere(db: TenantDb, { environmentId, kind, value }: Declaration, requirement: string) {
  if (!('n8nId' in value)) return;
  const where = { environmentId, n8nId: value.n8nId, presence: 'present' as const };
  if (kind === 'credential') {
    const credential = await db.credential.findFirst({ where, select: { type: true } });
    const isListed = listsCredentials(await getEnvironmentRow(db, environmentId));
    if (!credential && !isListed) return;
    if (!credential) throw invalidField('value.n8nId', 'This environment has no such credential.', 'not_there');
    const type = requirement.slice(0, requirement.indexOf(':'));
    if (credential.type !== type) {
      throw invalidField('value.n8nId', `It is of the type ${credential.type}, and ${type} is required.`, 'other_type');
    }
  }
  if (kind === 'workflow' && !(await db.workflow.findFirst({ where, select: { id: true } }))) {
    throw invalidField('value.n8nId', 'This environment has no such workflow.', 'not_there');
  }
}

/** One requirement is met in one way in a place: by the lineage's own binding, or else by the environment's. */
export async function assertFree(db: TenantDb, declaration: Declaration, requirement: string): Promise<void> {
  const { environmentId, lineageId = null, kind } = declaration;
  if (!(await db.binding.findFirst({ where: { environmentId, lineageId, kind, requirement }, select: { id: true } })))
    return;
  const whose = lineageId ? 'for this lineage here' : 'for this whole environment';
  throw conflict(
    `${requirement} is bound ${whose} already. Change that binding.`,
    'exists',
    kind === 'parameter' ? 'value' : 'requirement',
  );
}

/** An end that has passed would declare nothing. */
export function assertAhead(expiresAt: string | null | undefined): void {
  if (expiresAt && new Date(expiresAt) <= new Date()) throw invalidField('expiresAt', 'This lies in the past.');
}
