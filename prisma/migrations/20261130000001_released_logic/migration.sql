-- What a verified release made of a lineage here, and of what: other credentials and values on purpose are no difference.
ALTER TABLE "workflow_links" ADD COLUMN "released_logic" TEXT, ADD COLUMN "origin_logic" TEXT;
