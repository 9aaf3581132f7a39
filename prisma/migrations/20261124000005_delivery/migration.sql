-- CreateEnum
CREATE TYPE "promotion_status" AS ENUM ('pending', 'pending_approval', 'approved', 'rejected', 'cancelled', 'expired', 'scheduled', 'running', 'verifying', 'compensating', 'completed', 'failed', 'rolled_back', 'needs_attention');

-- CreateEnum
CREATE TYPE "promotion_verdict" AS ENUM ('approved', 'rejected');

-- CreateEnum
CREATE TYPE "deployment_kind" AS ENUM ('promotion', 'rollback');

-- CreateEnum
CREATE TYPE "deployment_status" AS ENUM ('planned', 'pending', 'running', 'verifying', 'compensating', 'completed', 'failed', 'rolled_back', 'needs_attention');

-- CreateTable
CREATE TABLE "pipelines" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pipelines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pipeline_stages" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "pipeline_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "source_environment_id" UUID NOT NULL,
    "target_environment_id" UUID NOT NULL,
    "require_approval" BOOLEAN NOT NULL,
    "approver_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "allow_self_approval" BOOLEAN NOT NULL DEFAULT false,
    "grace_seconds" INTEGER NOT NULL DEFAULT 900,
    "held_at" TIMESTAMPTZ(3),
    "held_reason" TEXT,
    "held_by_deployment_id" UUID,

    CONSTRAINT "pipeline_stages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotions" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "pipeline_id" UUID,
    "stage_id" UUID,
    "source_environment_id" UUID NOT NULL,
    "target_environment_id" UUID NOT NULL,
    "route" JSONB NOT NULL,
    "status" "promotion_status" NOT NULL,
    "request" JSONB NOT NULL,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "risk" TEXT NOT NULL,
    "workflow_count" INTEGER NOT NULL,
    "plan_id" UUID,
    "plan_digest" TEXT,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    "scheduled_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" JSONB NOT NULL,
    "created_by_id" UUID,
    "finished_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "promotions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotion_workflows" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "promotion_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "lineage_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "source_workflow_id" UUID,
    "target_workflow_id" UUID,
    "target_n8n_id" TEXT,
    "comparison" JSONB NOT NULL,
    "source" JSON,
    "desired" JSON,
    "target_before" JSON,

    CONSTRAINT "promotion_workflows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotion_decisions" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "promotion_id" UUID NOT NULL,
    "plan_digest" TEXT NOT NULL,
    "verdict" "promotion_verdict" NOT NULL,
    "comment" TEXT,
    "actor" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promotion_decisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deployments" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "kind" "deployment_kind" NOT NULL,
    "promotion_id" UUID,
    "rollback_of_id" UUID,
    "source_environment_id" UUID,
    "target_environment_id" UUID NOT NULL,
    "route" JSONB NOT NULL,
    "status" "deployment_status" NOT NULL,
    "plan_id" UUID NOT NULL,
    "run_id" UUID,
    "job_id" UUID,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "commit_sha" TEXT,
    "actor" JSONB NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deployments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deployment_workflows" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "deployment_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "lineage_id" UUID,
    "n8n_id" TEXT,
    "name" TEXT NOT NULL,
    "change" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "verified" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "unverified" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "before" JSON,

    CONSTRAINT "deployment_workflows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_baselines" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "source_environment_id" UUID NOT NULL,
    "target_environment_id" UUID NOT NULL,
    "lineage_id" UUID NOT NULL,
    "deployment_id" UUID NOT NULL,
    "source" JSONB NOT NULL,
    "target" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "release_baselines_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "pipelines_tenant_id_id_key" ON "pipelines"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "pipelines_tenant_id_name_key" ON "pipelines"("tenant_id", "name");

-- CreateIndex
CREATE INDEX "pipeline_stages_tenant_id_pipeline_id_position_idx" ON "pipeline_stages"("tenant_id", "pipeline_id", "position");

-- CreateIndex
CREATE INDEX "pipeline_stages_tenant_id_source_environment_id_idx" ON "pipeline_stages"("tenant_id", "source_environment_id");

-- CreateIndex
CREATE INDEX "pipeline_stages_tenant_id_target_environment_id_idx" ON "pipeline_stages"("tenant_id", "target_environment_id");

-- CreateIndex
CREATE UNIQUE INDEX "pipeline_stages_tenant_id_id_key" ON "pipeline_stages"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "promotions_tenant_id_created_at_id_idx" ON "promotions"("tenant_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "promotions_tenant_id_status_created_at_idx" ON "promotions"("tenant_id", "status", "created_at" DESC);

-- CreateIndex
CREATE INDEX "promotions_tenant_id_pipeline_id_idx" ON "promotions"("tenant_id", "pipeline_id");

-- CreateIndex
CREATE INDEX "promotions_tenant_id_stage_id_idx" ON "promotions"("tenant_id", "stage_id");

-- CreateIndex
CREATE INDEX "promotions_tenant_id_target_environment_id_idx" ON "promotions"("tenant_id", "target_environment_id");

-- CreateIndex
CREATE INDEX "promotions_status_scheduled_at_idx" ON "promotions"("status", "scheduled_at");

-- CreateIndex
CREATE INDEX "promotions_status_expires_at_idx" ON "promotions"("status", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "promotions_tenant_id_id_key" ON "promotions"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "promotion_workflows_tenant_id_lineage_id_idx" ON "promotion_workflows"("tenant_id", "lineage_id");

-- CreateIndex
CREATE UNIQUE INDEX "promotion_workflows_tenant_id_id_key" ON "promotion_workflows"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "promotion_workflows_tenant_id_promotion_id_lineage_id_key" ON "promotion_workflows"("tenant_id", "promotion_id", "lineage_id");

-- CreateIndex
CREATE UNIQUE INDEX "promotion_decisions_tenant_id_id_key" ON "promotion_decisions"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "promotion_decisions_tenant_id_promotion_id_plan_digest_key" ON "promotion_decisions"("tenant_id", "promotion_id", "plan_digest");

-- CreateIndex
CREATE INDEX "deployments_tenant_id_created_at_id_idx" ON "deployments"("tenant_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "deployments_tenant_id_status_created_at_idx" ON "deployments"("tenant_id", "status", "created_at" DESC);

-- CreateIndex
CREATE INDEX "deployments_tenant_id_target_environment_id_created_at_idx" ON "deployments"("tenant_id", "target_environment_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "deployments_tenant_id_id_key" ON "deployments"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "deployments_tenant_id_promotion_id_key" ON "deployments"("tenant_id", "promotion_id");

-- CreateIndex
CREATE UNIQUE INDEX "deployments_tenant_id_rollback_of_id_key" ON "deployments"("tenant_id", "rollback_of_id");

-- CreateIndex
CREATE UNIQUE INDEX "deployment_workflows_tenant_id_id_key" ON "deployment_workflows"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "deployment_workflows_tenant_id_deployment_id_key_key" ON "deployment_workflows"("tenant_id", "deployment_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "release_baselines_tenant_id_id_key" ON "release_baselines"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "release_baselines_tenant_id_target_environment_id_source_en_key" ON "release_baselines"("tenant_id", "target_environment_id", "source_environment_id", "lineage_id");

-- AddForeignKey
ALTER TABLE "pipeline_stages" ADD CONSTRAINT "pipeline_stages_tenant_id_pipeline_id_fkey" FOREIGN KEY ("tenant_id", "pipeline_id") REFERENCES "pipelines"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pipeline_stages" ADD CONSTRAINT "pipeline_stages_tenant_id_source_environment_id_fkey" FOREIGN KEY ("tenant_id", "source_environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pipeline_stages" ADD CONSTRAINT "pipeline_stages_tenant_id_target_environment_id_fkey" FOREIGN KEY ("tenant_id", "target_environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_tenant_id_pipeline_id_fkey" FOREIGN KEY ("tenant_id", "pipeline_id") REFERENCES "pipelines"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_tenant_id_stage_id_fkey" FOREIGN KEY ("tenant_id", "stage_id") REFERENCES "pipeline_stages"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion_workflows" ADD CONSTRAINT "promotion_workflows_tenant_id_promotion_id_fkey" FOREIGN KEY ("tenant_id", "promotion_id") REFERENCES "promotions"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion_decisions" ADD CONSTRAINT "promotion_decisions_tenant_id_promotion_id_fkey" FOREIGN KEY ("tenant_id", "promotion_id") REFERENCES "promotions"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_tenant_id_promotion_id_fkey" FOREIGN KEY ("tenant_id", "promotion_id") REFERENCES "promotions"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_tenant_id_rollback_of_id_fkey" FOREIGN KEY ("tenant_id", "rollback_of_id") REFERENCES "deployments"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployment_workflows" ADD CONSTRAINT "deployment_workflows_tenant_id_deployment_id_fkey" FOREIGN KEY ("tenant_id", "deployment_id") REFERENCES "deployments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CALL protect_tenant_table('pipelines');
CALL protect_tenant_table('pipeline_stages');
CALL protect_tenant_table('promotions');
CALL protect_tenant_table('promotion_workflows');
CALL protect_tenant_table('promotion_decisions');
CALL protect_tenant_table('deployments');
CALL protect_tenant_table('deployment_workflows');
CALL protect_tenant_table('release_baselines');
