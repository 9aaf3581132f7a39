/** What a stage says about who decides. */
export type StageRules = { requireApproval: boolean; approverIds: readonly string[]; allowSelfApproval: boolean };
/** Who asks. `isAdmin`: holds the permission to approve anywhere; a key has that by its scopes. */
export type Asking = { userId: string | null; isAdmin: boolean };

/** Admins, and the people whom the stage names: they approve, roll back, and take a hold off. */
export const decidesAt = (stage: Pick<StageRules, 'approverIds'>, { userId, isAdmin }: Asking): boolean =>
  isAdmin || (userId !== null && stage.approverIds.includes(userId));

/** A minute passes from one look at what is due to the next: with less, something scheduled might never be in time. */
export const MIN_GRACE_SECONDS = 120;

/** Statuses of a promotion that is not over: its stage, and the pipeline, are needed. */
export const OPEN_STATUSES = [
  'pending',
  'pending_approval',
  'approved',
  'scheduled',
  'running',
  'verifying',
  'compensating',
] as const;

type Hop = { sourceEnvironmentId: string; targetEnvironmentId: string };

/** What is wrong with a list of stages by itself, with the field at fault. */
export function stageFaults(stages: readonly Hop[]): { path: string; message: string }[] {
  const seen = new Map<string, number>();
  const onward = new Map<string, string[]>();
  return stages.flatMap(({ sourceEnvironmentId: from, targetEnvironmentId: to }, at) => {
    const path = `stages.${at}.targetEnvironmentId`;
    if (from === to) return [{ path, message: 'A stage leads from one environment to another.' }];
    const twin = seen.get(`${from} ${to}`);
    if (twin !== undefined) return [{ path, message: `Stage ${twin + 1} leads from there to here already.` }];
    if (leads(onward, to, from)) {
      return [{ path, message: 'This leads back to where an earlier stage comes from; a pipeline goes one way.' }];
    }
    seen.set(`${from} ${to}`, at);
    onward.set(from, [...(onward.get(from) ?? []), to]);
    return [];
  });
}

/** Whether the stages so far lead from one environment to another, over any number of others. */
const leads = (onward: ReadonlyMap<string, string[]>, from: string, to: string): boolean =>
  onward.get(from)?.some((next) => next === to || leads(onward, next, to)) ?? false;
