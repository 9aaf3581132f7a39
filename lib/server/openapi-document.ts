import { randomUUID } from 'node:crypto';
import document from '@/public/openapi.json';
import { json } from './respond';

/** The committed document, which a test holds to the doors: what is served is what was reviewed. */
export const openApiDocument = async (): Promise<Response> => json(200, document, randomUUID());
