-- CreateTable
CREATE TABLE "snapshots" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "commit_sha" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "workflow_count" INTEGER NOT NULL,
    "changed" JSONB NOT NULL,
    "changes" JSONB NOT NULL DEFAULT '[]',
    "actor" JSONB NOT NULL,
    "deployment_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "snapshots_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "snapshot_readings" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "commit_sha" TEXT NOT NULL,
    "stamps" JSON NOT NULL,

    CONSTRAINT "snapshot_readings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "restores" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "snapshot_id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'planned',
    "scope" JSONB NOT NULL,
    "plan_id" UUID,
    "run_id" UUID,
    "job_id" UUID,
    "reason" TEXT,
    "actor" JSONB NOT NULL,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "outcome" JSONB,
    "pre_snapshot_id" UUID,
    "post_snapshot_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "restores_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "snapshots_tenant_id_id_key" ON "snapshots"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "snapshots_tenant_id_environment_id_created_at_id_idx" ON "snapshots"("tenant_id", "environment_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "snapshots_tenant_id_created_at_id_idx" ON "snapshots"("tenant_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "snapshots_tenant_id_deployment_id_idx" ON "snapshots"("tenant_id", "deployment_id");

-- CreateIndex
CREATE UNIQUE INDEX "snapshot_readings_tenant_id_id_key" ON "snapshot_readings"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "snapshot_readings_tenant_id_environment_id_key" ON "snapshot_readings"("tenant_id", "environment_id");

-- CreateIndex
CREATE UNIQUE INDEX "restores_tenant_id_id_key" ON "restores"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "restores_tenant_id_environment_id_created_at_id_idx" ON "restores"("tenant_id", "environment_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "restores_tenant_id_snapshot_id_idx" ON "restores"("tenant_id", "snapshot_id");

-- One record a cause and commit: work that is done again after a kill records nothing twice.
CREATE UNIQUE INDEX "snapshots_once" ON "snapshots"("tenant_id", "environment_id", "kind", "commit_sha", "deployment_id") NULLS NOT DISTINCT;

-- AddForeignKey
ALTER TABLE "snapshots" ADD CONSTRAINT "snapshots_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot_readings" ADD CONSTRAINT "snapshot_readings_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "restores" ADD CONSTRAINT "restores_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "restores" ADD CONSTRAINT "restores_tenant_id_snapshot_id_fkey" FOREIGN KEY ("tenant_id", "snapshot_id") REFERENCES "snapshots"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CALL protect_tenant_table('snapshots');
CALL protect_tenant_table('snapshot_readings');
CALL protect_tenant_table('restores');
