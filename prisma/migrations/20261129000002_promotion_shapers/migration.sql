-- Who chose what the plan of a promotion does: they do not approve it either.
ALTER TABLE "promotions" ADD COLUMN "shaper_ids" UUID[] DEFAULT ARRAY[]::UUID[];
