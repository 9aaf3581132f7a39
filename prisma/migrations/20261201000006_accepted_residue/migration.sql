-- What of a difference was drift when it was accepted: what was declared then is not covered once it no longer is.
ALTER TABLE "accepted_drifts" ADD COLUMN "residue" JSONB;
