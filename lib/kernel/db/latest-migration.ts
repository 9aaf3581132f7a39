/** The newest folder in prisma/migrations; a test compares. A process that finds another at the head is not ready. */
export const LATEST_MIGRATION = '20261201000006_held_until';
