-- CreateTable
CREATE TABLE "change_plans" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "layout" TEXT NOT NULL,
    "steps" JSON NOT NULL,
    "workflows" JSON NOT NULL,
    "source" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_plans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journal_runs" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "plan_id" UUID NOT NULL,
    "environment_id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "known_ids" TEXT[],
    "knows_ids" BOOLEAN NOT NULL DEFAULT false,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "outcome" JSON,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "journal_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journal_steps" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "run_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'planned',
    "n8n_id" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "pre_image" JSON,
    "before" JSONB,
    "after" JSONB,
    "undo" JSONB,
    "problem" JSONB,
    "notes" JSONB NOT NULL DEFAULT '[]',
    "fence" BIGINT,
    "intended_at" TIMESTAMPTZ(3),
    "applied_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "journal_steps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "environment_leases" (
    "environment_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "fence" BIGINT NOT NULL,
    "run_id" UUID,
    "holder" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "environment_leases_pkey" PRIMARY KEY ("environment_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "change_plans_tenant_id_id_key" ON "change_plans"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "change_plans_tenant_id_environment_id_created_at_id_idx" ON "change_plans"("tenant_id", "environment_id", "created_at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "journal_runs_tenant_id_id_key" ON "journal_runs"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "journal_runs_tenant_id_plan_id_key" ON "journal_runs"("tenant_id", "plan_id");

-- CreateIndex
CREATE INDEX "journal_runs_tenant_id_environment_id_created_at_id_idx" ON "journal_runs"("tenant_id", "environment_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "journal_runs_status_idx" ON "journal_runs"("status");

-- CreateIndex
CREATE UNIQUE INDEX "journal_steps_tenant_id_id_key" ON "journal_steps"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "journal_steps_tenant_id_run_id_position_key" ON "journal_steps"("tenant_id", "run_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "environment_leases_tenant_id_environment_id_key" ON "environment_leases"("tenant_id", "environment_id");

-- AddForeignKey
ALTER TABLE "change_plans" ADD CONSTRAINT "change_plans_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journal_runs" ADD CONSTRAINT "journal_runs_tenant_id_plan_id_fkey" FOREIGN KEY ("tenant_id", "plan_id") REFERENCES "change_plans"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journal_runs" ADD CONSTRAINT "journal_runs_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journal_steps" ADD CONSTRAINT "journal_steps_tenant_id_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "journal_runs"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "environment_leases" ADD CONSTRAINT "environment_leases_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CALL protect_tenant_table('change_plans');
CALL protect_tenant_table('journal_runs');
CALL protect_tenant_table('journal_steps');
CALL protect_tenant_table('environment_leases');
