import { expect, test } from 'vitest';
import { everyHandler } from '@/lib/testing/doors';

/** What the product's specification asks for, as far as it has been built: methods of a path below `/api/v1`. */
const REQUIRED: Record<string, string> = {
  '/auth/me': 'GET PATCH',
  '/auth/status': 'GET',
  '/auth/onboarding': 'POST',
  '/auth/dev/users': 'GET',
  '/auth/dev/login-as/{id}': 'POST',
  '/auth/dev/create-user': 'POST',
  '/environments': 'GET POST',
  '/environments/{id}': 'GET PUT DELETE',
  '/environments/test-connection': 'POST',
  '/environments/test-git-connection': 'POST',
  '/environments/limits': 'GET',
  '/environments/{id}/sync': 'POST',
  '/environments/{id}/sync-users': 'POST',
  '/environments/{id}/sync-executions': 'POST',
  '/environments/{id}/sync-tags': 'POST',
  '/environments/{id}/capabilities': 'GET',
  '/workflows': 'GET',
  '/workflows/{id}': 'GET PUT DELETE',
  '/workflows/upload': 'POST',
  '/workflows/download': 'GET',
  '/workflows/{id}/activate': 'POST',
  '/workflows/{id}/deactivate': 'POST',
  '/workflows/{id}/tags': 'PUT',
  '/workflows/policy/{environment_id}': 'GET',
  '/workflows/sync-to-github': 'POST',
  '/workflows/sync-from-github': 'POST',
  '/snapshots': 'GET POST',
  '/snapshots/{id}': 'GET',
  '/snapshots/{id}/restore': 'POST',
  '/pipelines': 'GET POST',
  '/pipelines/{id}': 'GET PATCH DELETE',
  '/promotions': 'GET',
  '/promotions/initiate': 'POST',
  '/promotions/{id}': 'GET',
  '/promotions/{id}/approve': 'POST',
  '/promotions/{id}/reject': 'POST',
  '/promotions/{id}/execute': 'POST',
  '/deployments': 'GET',
  '/deployments/{id}': 'GET',
  '/deployments/{id}/rollback': 'POST',
  '/environments/{id}/drift-check': 'POST',
  '/workflows/{id}/drift': 'GET',
  '/incidents': 'GET',
  '/incidents/{id}': 'GET',
  '/incidents/{id}/acknowledge': 'POST',
  '/incidents/{id}/resolve': 'POST',
  '/drift-policies': 'GET PUT',
  '/drift-policies/templates': 'GET',
  '/drift-approvals': 'GET',
  '/drift-approvals/{id}/approve': 'POST',
  '/drift-approvals/{id}/reject': 'POST',
  '/reports': 'GET',
  '/reports/{id}': 'GET',
  '/background-jobs': 'GET',
  '/background-jobs/{id}': 'GET',
  '/openapi.json': 'GET',
};

/** Parts of the product with at least one door below each. */
const REQUIRED_PARTS = [
  '/executions',
  '/tags',
  '/credentials',
  '/n8n-users',
  '/teams',
  '/tenants',
  '/dev',
  '/sse',
  '/providers',
  '/background-jobs',
  '/health',
  '/admin/audit',
  '/admin/environment-types',
  '/restore',
];

const standing = (await everyHandler()).map(({ method, path }) => `${method} ${path.replace(/^\/v1/, '')}`);

test('every required route stands', () => {
  const required = Object.entries(REQUIRED).flatMap(([path, methods]) =>
    methods.split(' ').map((method) => `${method} ${path}`),
  );
  expect(required.filter((route) => !standing.includes(route))).toEqual([]);
});

test('every required part has a door', () => {
  const isThere = (part: string) => standing.some((route) => ` ${route.split(' ')[1]}/`.includes(` ${part}/`));
  expect(REQUIRED_PARTS.filter((part) => !isThere(part))).toEqual([]);
});
