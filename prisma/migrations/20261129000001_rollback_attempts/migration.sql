-- A rollback that wrote nothing, or was taken back itself, stays as history beside the next attempt.
DROP INDEX "deployments_tenant_id_rollback_of_id_key";
CREATE INDEX "deployments_tenant_id_rollback_of_id_idx" ON "deployments"("tenant_id", "rollback_of_id");
CREATE UNIQUE INDEX deployments_rollback_in_force ON deployments (tenant_id, rollback_of_id) WHERE status NOT IN ('failed', 'rolled_back');
