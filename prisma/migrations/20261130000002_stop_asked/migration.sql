-- Somebody wants no further step of a run: what it wrote is taken back.
ALTER TABLE "journal_runs" ADD COLUMN "stop_asked" JSONB;
