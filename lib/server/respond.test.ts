import { expect, it } from 'vitest';
import { json } from './respond';

it('what was accepted names the job that carries it out; what merely has one does not', () => {
  const body = { jobId: '01', version: 3 };
  expect(json(202, body, 'r').headers.get('location')).toBe('/api/v1/background-jobs/01');
  expect(json(201, body, 'r').headers.get('location')).toBeNull();
  expect(json(200, body, 'r').headers.get('etag')).toBe('"3"');
});
