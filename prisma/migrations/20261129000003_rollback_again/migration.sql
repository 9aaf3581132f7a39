-- A rollback that met a foreign edit left the rest to people: once they have looked, it can be asked for again.
DROP INDEX deployments_rollback_in_force;
CREATE UNIQUE INDEX deployments_rollback_in_force ON deployments (tenant_id, rollback_of_id) WHERE status NOT IN ('failed', 'rolled_back', 'needs_attention');
