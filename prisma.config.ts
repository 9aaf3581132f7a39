import { defineConfig } from 'prisma/config';

/** `generate` and `validate` need no database; the script that runs anything else names one. */
export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL || process.env.EMBEDDED_DATABASE_URL || '' },
});
