import { createHash, randomBytes } from 'node:crypto';

/** A session ends after a week, or after a day without a request. */
export const SESSION_LIFETIME_MS = 7 * 24 * 3_600_000;
export const SESSION_IDLE_MS = 24 * 3_600_000;

/** 256 random bits; only their hash is kept. */
export const mintSessionToken = (): string => randomBytes(32).toString('base64url');
export const hashSessionToken = (token: string): string => createHash('sha256').update(token).digest('hex');
