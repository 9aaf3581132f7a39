import { noDoor } from '@/lib/server/no-door';

export const GET = noDoor;
export const POST = noDoor;
export const PUT = noDoor;
export const PATCH = noDoor;
export const DELETE = noDoor;
