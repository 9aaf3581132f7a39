import { z } from 'zod';
import { AppError, type FieldError, forbidden, invalid, unauthenticated } from '@/lib/core/errors';
import { type Access, isPlatformPermission, leastRole } from '@/lib/core/permissions';
import type { Feature } from '@/lib/core/plans';
import { unstorableTexts } from '@/lib/core/text';
import type { Client, ContextFor } from './context';
import type { Kernel } from './kernel';
import { openContext } from './open-context';
import type { Principal } from './principal';

export type Effect = 'read' | 'write' | 'external';
/** Which bucket a call counts in. `sign-in` fails closed when the database is away; the others fail open. */
export type RateClass = 'default' | 'sign-in' | 'expensive';
/** Which ceiling the body has: JSON 1 MB, a workflow 16 MB, files 25 MB. */
export type BodyLimit = 'json' | 'workflow' | 'upload';

type Definition<A extends Access, I extends z.ZodType, O extends z.ZodType> = {
  /** `noun.verb`, unique in the product; the operationId of the OpenAPI document. */
  name: string;
  summary: string;
  description?: string;
  input: I;
  output: O;
  status: 200 | 201 | 202 | 204;
  permission: A;
  feature?: Feature;
  rateClass?: RateClass;
  bodyLimit?: BodyLimit;
  effect: Effect;
  /** The action in the audit log. Required unless the operation only reads. */
  audit?: string;
  /** POST and DELETE alone: it obeys If-Match, as every PUT and PATCH does. */
  versioned?: boolean;
  /** It asks an instance before it answers, though it changes nothing there: that may not answer. */
  asksInstance?: boolean;
  /** The reply holds a secret that is shown once: a replayed Idempotency-Key does not show it again. */
  secretOutput?: boolean;
  run(ctx: ContextFor<A>, input: z.output<I>): Promise<z.input<O>>;
};

/** One request to one operation, with everything a door knows. */
export type Call = {
  kernel: Kernel;
  principal: Principal;
  requestId: string;
  client: Client;
  signal: AbortSignal;
  ifMatch?: number | null;
};

export type Operation<A extends Access = Access, I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = ((
  call: Call,
  input: unknown,
) => Promise<z.output<O>>) &
  Readonly<Omit<Definition<A, I, O>, 'run' | 'name'>> & {
    readonly operation: string;
    /** Rate limit, feature and permission alone, once a call: a door asks before it reads a body. */
    admit(call: Call): Promise<void>;
  };

/** Any operation, whatever its types: what doors and the suites over all doors handle. */
// biome-ignore lint/suspicious/noExplicitAny: variance of the input schema
export type AnyOperation = Operation<any, any, any>;

/**
 * One capability of the product. Returns the guarded callable: rate limit, feature, permission, input, run, output.
 * A door resolves the principal; nothing here trusts the door for more than that.
 */
export function operation<const A extends Access, I extends z.ZodType, O extends z.ZodType>(
  definition: Definition<A, I, O> & ({ effect: 'read' } | { effect: 'write' | 'external'; audit: string }),
): Operation<A, I, O> {
  const { run, name, ...face } = definition;
  const admitted = new WeakSet<Call>();
  const admit = async (request: Call): Promise<void> => {
    if (admitted.has(request)) return;
    await request.kernel.rateLimiter.consume(request.principal, request.client, definition.rateClass ?? 'default');
    checkFeature(definition.feature, request.principal);
    checkPermission(definition.permission, request.principal);
    admitted.add(request);
  };
  const call = async (request: Call, input: unknown): Promise<z.output<O>> => {
    await admit(request);
    const parsed = parseInput(definition.input, input);
    const { context, begin, settle } = openContext(request, definition);
    await begin(parsed);
    try {
      const output = await run(context as ContextFor<A>, parsed);
      await settle('succeeded', parsed);
      return parseOutput(definition.output, output, name);
    } catch (error) {
      await settle('failed', parsed, error);
      throw error;
    }
  };
  return Object.assign(call, face, { operation: name, admit }) as Operation<A, I, O>;
}

function checkFeature(feature: Feature | undefined, principal: Principal): void {
  if (!feature || !principal.tenant || principal.features.has(feature)) return;
  throw forbidden(`Your plan does not include this (${feature.replaceAll('_', ' ')}).`, 'feature_not_available');
}

function checkPermission(access: Access, principal: Principal): void {
  if (access === 'public') return;
  if (principal.actor.type === 'anonymous') throw unauthenticated();
  if (access === 'authenticated') return;
  if (access === 'signed-in') {
    if (!principal.user)
      throw forbidden('This needs a person who is signed in; an API key will not do.', 'needs_session');
    return;
  }
  if (principal.permissions.has(access)) {
    if (!isPlatformPermission(access) && !principal.tenant) throw noTenant();
    return;
  }
  if (isPlatformPermission(access)) throw forbidden('Only a platform admin may do this.', 'platform_admin_only');
  if (!principal.tenant) throw noTenant();
  const needed = leastRole(access);
  throw principal.actor.type === 'api_key'
    ? forbidden(`This API key lacks the scope ${access}. An admin can make a key that has it.`, 'missing_scope')
    : forbidden(
        `This needs the role ${needed} (${access}); you are ${principal.role ?? 'not a member'}.`,
        'missing_role',
      );
}

const noTenant = () =>
  forbidden('You are in no organisation yet. Finish onboarding, or name one in the X-Tenant header.', 'no_tenant');

function parseInput<I extends z.ZodType>(schema: I, input: unknown): z.output<I> {
  const result = schema.safeParse(input ?? {});
  const errors = result.success ? unstorableTexts(result.data).slice(0, MAX_ERRORS) : fieldErrors(result.error);
  if (result.success && errors.length === 0) return result.data;
  throw invalid(errors[0] ? describe(errors[0]) : 'The input is not valid.', errors);
}

const describe = ({ path, message }: FieldError) => (path ? `${path}: ${message}` : message);

const MAX_ERRORS = 50;
/** Nobody's field has a longer name; a caller's may be a megabyte. */
const MAX_PATH = 200;
const pathOf = (parts: readonly PropertyKey[]) => parts.map(String).join('.').slice(0, MAX_PATH);

/** One entry per bad field; a key that is not known is named itself. */
export const fieldErrors = (error: z.ZodError): FieldError[] =>
  error.issues
    .flatMap((issue): FieldError[] =>
      issue.code === 'unrecognized_keys'
        ? issue.keys
            .slice(0, MAX_ERRORS)
            .map((key) => ({ path: pathOf([...issue.path, key]), message: 'There is no such field.' }))
        : [{ path: pathOf(issue.path), message: issue.message }],
    )
    .slice(0, MAX_ERRORS);

/** What is not in the schema cannot leave. A mismatch is our bug, so the caller learns nothing but `internal`. */
function parseOutput<O extends z.ZodType>(schema: O, output: unknown, name: string): z.output<O> {
  const result = schema.safeParse(output);
  if (result.success) return result.data;
  throw new AppError('internal', 'The answer could not be put into its declared shape.', {
    code: 'output_mismatch',
    cause: new Error(`${name}: ${z.prettifyError(result.error)}`),
  });
}
