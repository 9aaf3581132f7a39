-- A list tells neither description nor pinned data: whether a workflow was last read by itself, with both.
ALTER TABLE "workflows" ADD COLUMN "whole" BOOLEAN NOT NULL DEFAULT false;
