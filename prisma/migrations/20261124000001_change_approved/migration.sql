-- CreateTable
CREATE TABLE "approved_environments" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "head_sha" TEXT NOT NULL,
    "commit_sha" TEXT NOT NULL,
    "approved_at" TIMESTAMPTZ(3) NOT NULL,
    "message" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "problems" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "approved_environments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approved_workflows" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "lineage_id" UUID NOT NULL,
    "n8n_id" TEXT,
    "file" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "archived" BOOLEAN NOT NULL,
    "tags" TEXT[],
    "logic_digest" TEXT NOT NULL,
    "layout_digest" TEXT NOT NULL,
    "settings_digest" TEXT NOT NULL,
    "state_digest" TEXT NOT NULL,
    "test_data_digest" TEXT NOT NULL,
    "blob_id" TEXT NOT NULL,
    "commit_sha" TEXT NOT NULL,
    "approved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "approved_workflows_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "approved_environments_tenant_id_id_key" ON "approved_environments"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "approved_environments_tenant_id_environment_id_key" ON "approved_environments"("tenant_id", "environment_id");

-- CreateIndex
CREATE UNIQUE INDEX "approved_workflows_tenant_id_id_key" ON "approved_workflows"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "approved_workflows_tenant_id_environment_id_lineage_id_key" ON "approved_workflows"("tenant_id", "environment_id", "lineage_id");

-- CreateIndex
CREATE INDEX "approved_workflows_tenant_id_lineage_id_idx" ON "approved_workflows"("tenant_id", "lineage_id");

-- AddForeignKey
ALTER TABLE "approved_environments" ADD CONSTRAINT "approved_environments_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approved_workflows" ADD CONSTRAINT "approved_workflows_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CALL protect_tenant_table('approved_environments');
CALL protect_tenant_table('approved_workflows');
