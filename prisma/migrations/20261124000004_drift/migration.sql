-- AlterTable
ALTER TABLE "environments" ADD COLUMN     "drift_checked_at" TIMESTAMPTZ(3),
ADD COLUMN     "drift_count" INTEGER,
ADD COLUMN     "drift_failures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "drift_problem" JSONB,
ADD COLUMN     "drift_since" TIMESTAMPTZ(3),
ADD COLUMN     "drift_status" TEXT NOT NULL DEFAULT 'unknown',
ADD COLUMN     "next_drift_check_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "drift_policies" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "template" TEXT,
    "check_interval_seconds" INTEGER NOT NULL,
    "incidents_in" TEXT[],
    "unmanaged_is_drift" BOOLEAN NOT NULL,
    "critical_hours" INTEGER NOT NULL,
    "high_hours" INTEGER NOT NULL,
    "medium_hours" INTEGER NOT NULL,
    "low_hours" INTEGER NOT NULL,
    "warning_hours" INTEGER NOT NULL,
    "block_on_drift" BOOLEAN NOT NULL,
    "block_on_expired" BOOLEAN NOT NULL,
    "approval_for" TEXT[],
    "approval_hours" INTEGER NOT NULL,
    "notify_on_detection" BOOLEAN NOT NULL,
    "notify_on_expiry" BOOLEAN NOT NULL,
    "check_days" INTEGER NOT NULL,
    "incident_days" INTEGER NOT NULL,
    "approval_days" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "drift_policies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drift_checks" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "approved_sha" TEXT,
    "workflow_count" INTEGER NOT NULL,
    "compared_count" INTEGER NOT NULL,
    "drifted_count" INTEGER NOT NULL,
    "expected_count" INTEGER NOT NULL,
    "unmanaged_count" INTEGER NOT NULL,
    "by_class" JSONB NOT NULL DEFAULT '{}',
    "drift_digest" TEXT,
    "flags_of" UUID,
    "problem" JSONB,

    CONSTRAINT "drift_checks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drift_flags" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "check_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "workflow_id" UUID,
    "n8n_id" TEXT,
    "name" TEXT NOT NULL,
    "drift_class" TEXT NOT NULL,
    "classes" TEXT[],
    "severity" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "expected" JSONB,
    "sentences" JSONB NOT NULL,
    "reasons" JSONB NOT NULL,

    CONSTRAINT "drift_flags_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incidents" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'detected',
    "severity" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "drift_digest" TEXT NOT NULL,
    "owner_id" UUID,
    "ticket" TEXT,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "warned_at" TIMESTAMPTZ(3),
    "expired_at" TIMESTAMPTZ(3),
    "detected_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),
    "stabilized_at" TIMESTAMPTZ(3),
    "reconciled_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "resolution" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "incidents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_workflows" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "incident_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "workflow_id" UUID,
    "n8n_id" TEXT,
    "name" TEXT NOT NULL,
    "drift_class" TEXT NOT NULL,
    "classes" TEXT[],
    "severity" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "sentences" JSONB NOT NULL,
    "reasons" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "detected_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "incident_workflows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_events" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "incident_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "details" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "incident_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drift_approvals" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "incident_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "request" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "reason" TEXT,
    "requester" JSONB NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "decider" JSONB,
    "decided_at" TIMESTAMPTZ(3),
    "comment" TEXT,
    "consumed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "drift_approvals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliations" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "incident_id" UUID NOT NULL,
    "resolution" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "reason" TEXT NOT NULL,
    "drift_digest" TEXT NOT NULL,
    "keys" TEXT[],
    "actor" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "job_id" UUID,
    "run_id" UUID,
    "commit_sha" TEXT,
    "problem" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciliations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accepted_drifts" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "incident_id" UUID,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accepted_drifts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "drift_policies_tenant_id_id_key" ON "drift_policies"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "drift_policies_tenant_id_key" ON "drift_policies"("tenant_id");

-- CreateIndex
CREATE INDEX "drift_checks_tenant_id_environment_id_started_at_id_idx" ON "drift_checks"("tenant_id", "environment_id", "started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "drift_checks_tenant_id_started_at_id_idx" ON "drift_checks"("tenant_id", "started_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "drift_checks_tenant_id_id_key" ON "drift_checks"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "drift_flags_tenant_id_workflow_id_idx" ON "drift_flags"("tenant_id", "workflow_id");

-- CreateIndex
CREATE UNIQUE INDEX "drift_flags_tenant_id_id_key" ON "drift_flags"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "drift_flags_tenant_id_check_id_key_key" ON "drift_flags"("tenant_id", "check_id", "key");

-- CreateIndex
CREATE INDEX "incidents_tenant_id_environment_id_detected_at_id_idx" ON "incidents"("tenant_id", "environment_id", "detected_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "incidents_tenant_id_status_detected_at_id_idx" ON "incidents"("tenant_id", "status", "detected_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "incidents_due_at_idx" ON "incidents"("due_at");

-- CreateIndex
CREATE UNIQUE INDEX "incidents_tenant_id_id_key" ON "incidents"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "incident_workflows_tenant_id_workflow_id_idx" ON "incident_workflows"("tenant_id", "workflow_id");

-- CreateIndex
CREATE UNIQUE INDEX "incident_workflows_tenant_id_id_key" ON "incident_workflows"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "incident_workflows_tenant_id_incident_id_key_key" ON "incident_workflows"("tenant_id", "incident_id", "key");

-- CreateIndex
CREATE INDEX "incident_events_tenant_id_incident_id_at_idx" ON "incident_events"("tenant_id", "incident_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "incident_events_tenant_id_id_key" ON "incident_events"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "drift_approvals_tenant_id_status_requested_at_id_idx" ON "drift_approvals"("tenant_id", "status", "requested_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "drift_approvals_tenant_id_incident_id_idx" ON "drift_approvals"("tenant_id", "incident_id");

-- CreateIndex
CREATE UNIQUE INDEX "drift_approvals_tenant_id_id_key" ON "drift_approvals"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "reconciliations_tenant_id_incident_id_created_at_idx" ON "reconciliations"("tenant_id", "incident_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "reconciliations_tenant_id_id_key" ON "reconciliations"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "accepted_drifts_tenant_id_id_key" ON "accepted_drifts"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "accepted_drifts_tenant_id_environment_id_key_key" ON "accepted_drifts"("tenant_id", "environment_id", "key");

-- CreateIndex
CREATE INDEX "environments_next_drift_check_at_idx" ON "environments"("next_drift_check_at");

-- AddForeignKey
ALTER TABLE "drift_checks" ADD CONSTRAINT "drift_checks_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift_flags" ADD CONSTRAINT "drift_flags_tenant_id_check_id_fkey" FOREIGN KEY ("tenant_id", "check_id") REFERENCES "drift_checks"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift_flags" ADD CONSTRAINT "drift_flags_tenant_id_workflow_id_fkey" FOREIGN KEY ("tenant_id", "workflow_id") REFERENCES "workflows"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_workflows" ADD CONSTRAINT "incident_workflows_tenant_id_incident_id_fkey" FOREIGN KEY ("tenant_id", "incident_id") REFERENCES "incidents"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_workflows" ADD CONSTRAINT "incident_workflows_tenant_id_workflow_id_fkey" FOREIGN KEY ("tenant_id", "workflow_id") REFERENCES "workflows"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_events" ADD CONSTRAINT "incident_events_tenant_id_incident_id_fkey" FOREIGN KEY ("tenant_id", "incident_id") REFERENCES "incidents"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift_approvals" ADD CONSTRAINT "drift_approvals_tenant_id_incident_id_fkey" FOREIGN KEY ("tenant_id", "incident_id") REFERENCES "incidents"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliations" ADD CONSTRAINT "reconciliations_tenant_id_incident_id_fkey" FOREIGN KEY ("tenant_id", "incident_id") REFERENCES "incidents"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accepted_drifts" ADD CONSTRAINT "accepted_drifts_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;


-- One open incident an environment, one pending request for each action of it, one resolution at a time.
CREATE UNIQUE INDEX incidents_open ON incidents (tenant_id, environment_id) WHERE status <> 'closed';
CREATE UNIQUE INDEX drift_approvals_pending ON drift_approvals (tenant_id, incident_id, action) WHERE status = 'pending';
CREATE UNIQUE INDEX reconciliations_active ON reconciliations (tenant_id, incident_id) WHERE status = 'pending';

CALL protect_tenant_table('drift_policies');
CALL protect_tenant_table('drift_checks');
CALL protect_tenant_table('drift_flags');
CALL protect_tenant_table('incidents');
CALL protect_tenant_table('incident_workflows');
CALL protect_tenant_table('incident_events');
CALL protect_tenant_table('drift_approvals');
CALL protect_tenant_table('reconciliations');
CALL protect_tenant_table('accepted_drifts');
