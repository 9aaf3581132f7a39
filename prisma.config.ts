import { defineConfig } from 'prisma/config';

/** `generate` and `validate` need no database; whatever does is given DATABASE_URL by the script that runs it. */
export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
