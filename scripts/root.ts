import { join } from 'node:path';

/** The folder of the checkout. */
export const root = join(import.meta.dirname, '..');

/** Where the database, the secrets and the git store lie unless a command is told otherwise. */
export const defaultDataFolder = join(root, '.data');
