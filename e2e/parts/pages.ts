import { globSync } from 'node:fs';
import { root } from '../../scripts/root.ts';

/** One page of the product. */
export interface PageEntry {
  /** Folder of its `page.tsx` under `app/`. */
  folder: string;
  /** Where it is; `:name` is filled with what the house was furnished with. */
  path: string;
  /** Who comes here: nobody who is known, or somebody with a session. */
  who: 'nobody' | 'person';
}

const entry = (folder: string, path = `/${folder}`): PageEntry => ({
  folder: `(entry)/${folder}`,
  path,
  who: 'nobody',
});
const tenant = (folder: string, ids?: string): PageEntry => ({
  folder: ['t/[tenant]', folder].filter(Boolean).join('/'),
  path: ['/t/:tenant', ids ?? folder].filter(Boolean).join('/'),
  who: 'person',
});

/** Every page of the product. A test fails when one under `app/` is not here. */
export const PAGES: readonly PageEntry[] = [
  entry('sign-in'),
  entry('sign-in/link', '/sign-in/link#no-such-token'),
  entry('sign-up'),
  entry('forgot-password'),
  entry('reset-password', '/reset-password#no-such-token'),
  entry('invitation', '/invitation#no-such-token'),
  { folder: '(entry)/onboarding', path: '/onboarding?new=1', who: 'person' },
  { folder: 'docs/api', path: '/docs/api', who: 'nobody' },
  { folder: 'docs/api/[operation]', path: '/docs/api/environment.list', who: 'nobody' },
  tenant(''),
  tenant('environments'),
  tenant('environments/new'),
  tenant('environments/[id]', 'environments/:environment'),
  tenant('environments/[id]/settings', 'environments/:environment/settings'),
  tenant('environments/[id]/adopt', 'environments/:production/adopt'),
  tenant('environments/[id]/drift', 'environments/:production/drift'),
  tenant('matrix'),
  tenant('matrix/[id]', 'matrix/:lineage'),
  tenant('matrix/linking'),
  tenant('matrix/suggestions'),
  tenant('snapshots'),
  tenant('snapshots/[id]', 'snapshots/:snapshot'),
  tenant('snapshots/[id]/restore', 'snapshots/:snapshot/restore'),
  tenant('snapshots/compare'),
  tenant('restores'),
  tenant('restores/[id]', 'restores/:restore'),
  tenant('bindings'),
  tenant('bindings/credentials'),
  tenant('workflows'),
  tenant('workflows/compare'),
  tenant('workflows/[id]', 'workflows/:workflow'),
  tenant('pipelines'),
  tenant('pipelines/new'),
  tenant('pipelines/[id]', 'pipelines/:pipeline'),
  tenant('pipelines/[id]/edit', 'pipelines/:pipeline/edit'),
  tenant('promotions'),
  tenant('promotions/new'),
  tenant('promotions/[id]', 'promotions/:promotion'),
  tenant('deployments'),
  tenant('deployments/[id]', 'deployments/:deployment'),
  tenant('incidents'),
  tenant('incidents/[id]', 'incidents/:incident'),
  tenant('incidents/approvals'),
  tenant('incidents/checks'),
  tenant('incidents/checks/[id]', 'incidents/checks/:check'),
  tenant('incidents/compliance'),
  tenant('policies'),
  tenant('executions'),
  tenant('executions/[id]', 'executions/:execution'),
  tenant('credentials'),
  tenant('credentials/[id]', 'credentials/:credential'),
  tenant('activity'),
  tenant('activity/[id]', 'activity/:job'),
  tenant('team'),
  tenant('api-keys'),
  tenant('audit'),
  tenant('organisation'),
  tenant('profile'),
  { folder: 'kit', path: '/kit', who: 'nobody' },
  { folder: 'kit/workflow', path: '/kit/workflow', who: 'nobody' },
];

/** Pages that only lead elsewhere. */
export const REDIRECTS: readonly string[] = [''];

/** The folders of all pages under `app/`. */
export function pageFolders(): string[] {
  return globSync('**/page.tsx', { cwd: `${root}/app` }).map((file) => file.replace(/\/?page\.tsx$/, ''));
}

/** The address of a page; null when this organisation has no such thing. */
export function fillPath({ path }: PageEntry, names: Record<string, string>): string | null {
  const holes = path.match(/(?<=\/):\w+/g) ?? [];
  if (holes.some((hole) => !names[hole.slice(1)])) return null;
  return path.replace(/(?<=\/):(\w+)/g, (_, name) => names[name] ?? '');
}

/** A page as part of a file's name. */
export const pageName = ({ folder }: PageEntry): string =>
  folder
    .replace(/^\(entry\)\//, '')
    .replace(/^t\/\[tenant\]\/?/, '')
    .replaceAll('[id]', 'one')
    .replaceAll('/', '-') || 'home';
