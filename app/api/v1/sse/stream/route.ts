import { sse } from '@/lib/server/sse';

export const { GET } = sse('event:read');
