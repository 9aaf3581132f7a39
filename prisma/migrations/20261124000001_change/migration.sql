-- CreateEnum
CREATE TYPE "link_status" AS ENUM ('linked', 'unlinked', 'ignored');

-- CreateEnum
CREATE TYPE "link_method" AS ENUM ('explicit', 'same_id', 'shape', 'suggestion', 'promotion', 'saved');

-- CreateEnum
CREATE TYPE "suggestion_status" AS ENUM ('open', 'accepted', 'rejected');

-- CreateEnum
CREATE TYPE "binding_kind" AS ENUM ('credential', 'workflow', 'variable', 'data_table', 'parameter');

-- AlterTable
ALTER TABLE "environments" ADD COLUMN     "linked_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "lineages" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lineages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_links" (
    "workflow_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "lineage_id" UUID,
    "status" "link_status" NOT NULL,
    "method" "link_method" NOT NULL,
    "reason" TEXT,
    "actor" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "drift_class" TEXT,

    CONSTRAINT "workflow_links_pkey" PRIMARY KEY ("workflow_id")
);

-- CreateTable
CREATE TABLE "link_suggestions" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "workflow_id" UUID NOT NULL,
    "counterpart_id" UUID NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "reasons" TEXT[],
    "status" "suggestion_status" NOT NULL DEFAULT 'open',
    "comment" TEXT,
    "decided_by" JSONB,
    "decided_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "link_suggestions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bindings" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "lineage_id" UUID,
    "kind" "binding_kind" NOT NULL,
    "requirement" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "owner" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "reviewed_at" TIMESTAMPTZ(3),
    "reviewed_by" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bindings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "lineages_tenant_id_slug_key" ON "lineages"("tenant_id", "slug");

-- CreateIndex
CREATE INDEX "lineages_tenant_id_name_id_idx" ON "lineages"("tenant_id", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_links_tenant_id_lineage_id_environment_id_key" ON "workflow_links"("tenant_id", "lineage_id", "environment_id");

-- CreateIndex
CREATE INDEX "workflow_links_tenant_id_environment_id_idx" ON "workflow_links"("tenant_id", "environment_id");

-- CreateIndex
CREATE UNIQUE INDEX "link_suggestions_tenant_id_workflow_id_counterpart_id_key" ON "link_suggestions"("tenant_id", "workflow_id", "counterpart_id");

-- CreateIndex
CREATE INDEX "link_suggestions_tenant_id_counterpart_id_idx" ON "link_suggestions"("tenant_id", "counterpart_id");

-- CreateIndex
CREATE INDEX "link_suggestions_tenant_id_status_score_id_idx" ON "link_suggestions"("tenant_id", "status", "score" DESC, "id" DESC);

-- CreateIndex
-- One binding for all workflows of an environment, beside those for single lineages.
CREATE UNIQUE INDEX "bindings_tenant_id_environment_id_kind_requirement_lineage__key" ON "bindings"("tenant_id", "environment_id", "kind", "requirement", "lineage_id") NULLS NOT DISTINCT;

-- CreateIndex
CREATE INDEX "bindings_tenant_id_lineage_id_idx" ON "bindings"("tenant_id", "lineage_id");

-- CreateIndex
CREATE UNIQUE INDEX "lineages_tenant_id_id_key" ON "lineages"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_links_tenant_id_workflow_id_key" ON "workflow_links"("tenant_id", "workflow_id");

-- CreateIndex
CREATE UNIQUE INDEX "link_suggestions_tenant_id_id_key" ON "link_suggestions"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "bindings_tenant_id_id_key" ON "bindings"("tenant_id", "id");

-- AddForeignKey
ALTER TABLE "workflow_links" ADD CONSTRAINT "workflow_links_tenant_id_workflow_id_fkey" FOREIGN KEY ("tenant_id", "workflow_id") REFERENCES "workflows"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_links" ADD CONSTRAINT "workflow_links_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_links" ADD CONSTRAINT "workflow_links_tenant_id_lineage_id_fkey" FOREIGN KEY ("tenant_id", "lineage_id") REFERENCES "lineages"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link_suggestions" ADD CONSTRAINT "link_suggestions_tenant_id_workflow_id_fkey" FOREIGN KEY ("tenant_id", "workflow_id") REFERENCES "workflows"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link_suggestions" ADD CONSTRAINT "link_suggestions_tenant_id_counterpart_id_fkey" FOREIGN KEY ("tenant_id", "counterpart_id") REFERENCES "workflows"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bindings" ADD CONSTRAINT "bindings_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bindings" ADD CONSTRAINT "bindings_tenant_id_lineage_id_fkey" FOREIGN KEY ("tenant_id", "lineage_id") REFERENCES "lineages"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "workflow_links" ADD CONSTRAINT "workflow_links_lineage_when_linked" CHECK ((status = 'linked') = (lineage_id IS NOT NULL));

CALL protect_tenant_table('lineages');
CALL protect_tenant_table('workflow_links');
CALL protect_tenant_table('link_suggestions');
CALL protect_tenant_table('bindings');
