import { randomUUID } from 'node:crypto';
import { notFound } from '@/lib/core/errors';
import { problem } from './respond';

/** Where the API has nothing: a problem like every other refusal, instead of the page a person would get. */
export const noDoor = (request: Request): Response =>
  problem(notFound('address'), randomUUID(), new URL(request.url).pathname);
