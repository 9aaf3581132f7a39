-- The last check that found a switch or tags as approved: a word given before it does not explain what was done since.
ALTER TABLE "drift_flags" ADD COLUMN "held_until" JSONB;
