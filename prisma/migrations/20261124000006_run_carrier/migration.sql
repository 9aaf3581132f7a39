-- How to ask once more for the job that carries a run, whatever became of that job.
ALTER TABLE "journal_runs" ADD COLUMN "carrier" JSONB;
