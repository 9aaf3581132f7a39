import { openApiDocument } from '@/lib/server/openapi-document';

export const GET = openApiDocument;
