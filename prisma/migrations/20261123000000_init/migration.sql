-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "environment_class" AS ENUM ('dev', 'staging', 'production');

-- CreateEnum
CREATE TYPE "tenant_status" AS ENUM ('active', 'suspended', 'closing');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('viewer', 'developer', 'admin');

-- CreateEnum
CREATE TYPE "presence" AS ENUM ('present', 'missing');

-- CreateEnum
CREATE TYPE "job_status" AS ENUM ('pending', 'running', 'completed', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "environment_types" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "sort_order" INTEGER NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "environment_types_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "environments" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "class" "environment_class" NOT NULL,
    "type_key" TEXT,
    "provider" TEXT NOT NULL DEFAULT 'n8n',
    "base_url" TEXT NOT NULL,
    "secret_id" UUID NOT NULL,
    "api_key_hint" TEXT NOT NULL,
    "forbidden_actions" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "sync_interval_seconds" INTEGER NOT NULL DEFAULT 900,
    "next_sync_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "connection_status" TEXT NOT NULL DEFAULT 'unknown',
    "connection_since" TIMESTAMPTZ(3),
    "connection_checked_at" TIMESTAMPTZ(3),
    "connection_problem" JSONB,
    "provider_version" TEXT,
    "capabilities" JSONB,
    "capabilities_at" TIMESTAMPTZ(3),
    "synced_at" TIMESTAMPTZ(3),
    "workflow_count" INTEGER,
    "active_workflow_count" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "environments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenants" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" "tenant_status" NOT NULL DEFAULT 'active',
    "plan_key" TEXT NOT NULL,
    "onboarded_at" TIMESTAMPTZ(3),
    "closes_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tenants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "image" TEXT,
    "email_verified" TIMESTAMPTZ(3),
    "password_hash" TEXT,
    "platform_admin" BOOLEAN NOT NULL DEFAULT false,
    "suspended_at" TIMESTAMPTZ(3),
    "preferences" JSONB NOT NULL DEFAULT '{}',
    "last_seen_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "provider" TEXT NOT NULL,
    "provider_account_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("provider","provider_account_id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "public_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "active_tenant_id" UUID,
    "method" TEXT NOT NULL,
    "ip" TEXT,
    "user_agent" TEXT,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_tokens" (
    "hash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "one_time_tokens_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "memberships" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "user_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "email" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "token_hash" TEXT NOT NULL,
    "invited_by" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_by" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflows" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "n8n_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "archived" BOOLEAN NOT NULL DEFAULT false,
    "presence" "presence" NOT NULL DEFAULT 'present',
    "missing_since" TIMESTAMPTZ(3),
    "tags" TEXT[],
    "node_count" INTEGER NOT NULL,
    "triggers" TEXT[],
    "complexity" TEXT NOT NULL,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "logic_digest" TEXT NOT NULL,
    "layout_digest" TEXT NOT NULL,
    "settings_digest" TEXT NOT NULL,
    "shape_digest" TEXT,
    "published_digest" TEXT,
    "unpublished_changes" BOOLEAN NOT NULL,
    "n8n_version_id" TEXT,
    "n8n_active_version_id" TEXT,
    "n8n_created_at" TIMESTAMPTZ(3),
    "n8n_updated_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workflows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_bodies" (
    "workflow_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "draft" JSON NOT NULL,
    "published" JSON,

    CONSTRAINT "workflow_bodies_pkey" PRIMARY KEY ("workflow_id")
);

-- CreateTable
CREATE TABLE "workflow_holds" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "amount" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workflow_holds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tags" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "n8n_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tags_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credentials" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "n8n_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "presence" "presence" NOT NULL DEFAULT 'present',
    "n8n_created_at" TIMESTAMPTZ(3),
    "n8n_updated_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credentials_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential_uses" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "credential_id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "node_name" TEXT NOT NULL,

    CONSTRAINT "credential_uses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "n8n_users" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "n8n_id" TEXT NOT NULL,
    "email" TEXT,
    "first_name" TEXT,
    "last_name" TEXT,
    "role" TEXT,
    "is_pending" BOOLEAN NOT NULL,
    "n8n_created_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "n8n_users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "executions" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "n8n_id" BIGINT NOT NULL,
    "workflow_n8n_id" TEXT NOT NULL,
    "workflow_name" TEXT,
    "status" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ordered_at" TIMESTAMPTZ(3) NOT NULL,
    "stopped_at" TIMESTAMPTZ(3),
    "duration_ms" INTEGER,
    "wait_till" TIMESTAMPTZ(3),
    "retry_of" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "executions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_phases" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "environment_id" UUID NOT NULL,
    "phase" TEXT NOT NULL,
    "ok_at" TIMESTAMPTZ(3),
    "count" INTEGER,
    "cursor" JSONB,
    "failed_at" TIMESTAMPTZ(3),
    "problem" JSONB,

    CONSTRAINT "sync_phases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "seq" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_type" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_label" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "target_type" TEXT,
    "target_id" TEXT,
    "target_label" TEXT,
    "details" JSONB NOT NULL,
    "request_id" TEXT NOT NULL,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("tenant_id","seq")
);

-- CreateTable
CREATE TABLE "audit_heads" (
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "seq" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_heads_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "outbox_events" (
    "id" BIGSERIAL NOT NULL,
    "xid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "type" TEXT NOT NULL,
    "subject" TEXT,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "background_jobs" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "type" TEXT NOT NULL,
    "status" "job_status" NOT NULL DEFAULT 'pending',
    "singleton_key" TEXT,
    "environment_id" UUID,
    "resource_type" TEXT,
    "resource_id" TEXT,
    "input" JSONB NOT NULL,
    "progress" JSONB,
    "checkpoint" JSONB,
    "result" JSONB,
    "error" JSONB,
    "actor" JSONB NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "run_after" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dispatched_at" TIMESTAMPTZ(3),
    "cancel_requested_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "background_jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "secrets" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "kind" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "secrets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status" INTEGER,
    "body" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("scope","key")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" TEXT NOT NULL,
    "window_at" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key","window_at")
);

-- CreateTable
CREATE TABLE "plans" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "features" TEXT[],
    "limits" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "plans_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "entitlement_overrides" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "key" TEXT NOT NULL,
    "enabled" BOOLEAN,
    "value" INTEGER,
    "reason" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "entitlement_overrides_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "environment_types_tenant_id_key_key" ON "environment_types"("tenant_id", "key");

-- CreateIndex
CREATE INDEX "environments_next_sync_at_idx" ON "environments"("next_sync_at");

-- CreateIndex
CREATE UNIQUE INDEX "environments_tenant_id_slug_key" ON "environments"("tenant_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "tenants_slug_key" ON "tenants"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "accounts_user_id_idx" ON "accounts"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_public_id_key" ON "sessions"("public_id");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- CreateIndex
CREATE INDEX "one_time_tokens_purpose_identifier_idx" ON "one_time_tokens"("purpose", "identifier");

-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "memberships_tenant_id_user_id_key" ON "memberships"("tenant_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_tenant_id_email_key" ON "invitations"("tenant_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE INDEX "workflows_tenant_id_environment_id_name_id_idx" ON "workflows"("tenant_id", "environment_id", "name", "id");

-- CreateIndex
CREATE INDEX "workflows_tenant_id_name_id_idx" ON "workflows"("tenant_id", "name", "id");

-- CreateIndex
CREATE INDEX "workflows_tenant_id_n8n_updated_at_id_idx" ON "workflows"("tenant_id", "n8n_updated_at", "id");

-- CreateIndex
CREATE INDEX "workflows_tenant_id_shape_digest_idx" ON "workflows"("tenant_id", "shape_digest");

-- CreateIndex
CREATE UNIQUE INDEX "workflows_tenant_id_environment_id_n8n_id_key" ON "workflows"("tenant_id", "environment_id", "n8n_id");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_bodies_tenant_id_workflow_id_key" ON "workflow_bodies"("tenant_id", "workflow_id");

-- CreateIndex
CREATE INDEX "workflow_holds_tenant_id_environment_id_idx" ON "workflow_holds"("tenant_id", "environment_id");

-- CreateIndex
CREATE INDEX "tags_tenant_id_environment_id_name_idx" ON "tags"("tenant_id", "environment_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "tags_tenant_id_environment_id_n8n_id_key" ON "tags"("tenant_id", "environment_id", "n8n_id");

-- CreateIndex
CREATE INDEX "credentials_tenant_id_environment_id_name_id_idx" ON "credentials"("tenant_id", "environment_id", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "credentials_tenant_id_environment_id_n8n_id_key" ON "credentials"("tenant_id", "environment_id", "n8n_id");

-- CreateIndex
CREATE INDEX "credential_uses_tenant_id_credential_id_idx" ON "credential_uses"("tenant_id", "credential_id");

-- CreateIndex
CREATE INDEX "credential_uses_tenant_id_workflow_id_idx" ON "credential_uses"("tenant_id", "workflow_id");

-- CreateIndex
CREATE UNIQUE INDEX "n8n_users_tenant_id_environment_id_n8n_id_key" ON "n8n_users"("tenant_id", "environment_id", "n8n_id");

-- CreateIndex
CREATE INDEX "executions_tenant_id_ordered_at_id_idx" ON "executions"("tenant_id", "ordered_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "executions_tenant_id_environment_id_ordered_at_id_idx" ON "executions"("tenant_id", "environment_id", "ordered_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "executions_tenant_id_environment_id_workflow_n8n_id_ordered_idx" ON "executions"("tenant_id", "environment_id", "workflow_n8n_id", "ordered_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "executions_tenant_id_status_ordered_at_id_idx" ON "executions"("tenant_id", "status", "ordered_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "executions_tenant_id_environment_id_n8n_id_key" ON "executions"("tenant_id", "environment_id", "n8n_id");

-- CreateIndex
CREATE UNIQUE INDEX "sync_phases_tenant_id_environment_id_phase_key" ON "sync_phases"("tenant_id", "environment_id", "phase");

-- CreateIndex
CREATE INDEX "audit_events_tenant_id_action_seq_idx" ON "audit_events"("tenant_id", "action", "seq");

-- CreateIndex
CREATE INDEX "audit_events_tenant_id_actor_id_seq_idx" ON "audit_events"("tenant_id", "actor_id", "seq");

-- CreateIndex
CREATE INDEX "audit_events_tenant_id_target_id_seq_idx" ON "audit_events"("tenant_id", "target_id", "seq");

-- CreateIndex
CREATE INDEX "outbox_events_xid_id_idx" ON "outbox_events"("xid", "id");

-- CreateIndex
CREATE INDEX "outbox_events_created_at_idx" ON "outbox_events"("created_at");

-- CreateIndex
CREATE INDEX "background_jobs_tenant_id_created_at_idx" ON "background_jobs"("tenant_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "background_jobs_tenant_id_environment_id_created_at_idx" ON "background_jobs"("tenant_id", "environment_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "background_jobs_status_dispatched_at_idx" ON "background_jobs"("status", "dispatched_at");

-- CreateIndex
CREATE INDEX "secrets_key_id_idx" ON "secrets"("key_id");

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- CreateIndex
CREATE INDEX "rate_limits_expires_at_idx" ON "rate_limits"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "entitlement_overrides_tenant_id_key_key" ON "entitlement_overrides"("tenant_id", "key");

-- What children refer by comes last on purpose: until a table's first ANALYZE all its indexes cost the same, and
-- PostgreSQL then takes the newest. Foreign-key checks keep that plan, and any other index makes a first refresh
-- take time squared.
CREATE UNIQUE INDEX "environment_types_tenant_id_id_key" ON "environment_types"("tenant_id", "id");
CREATE UNIQUE INDEX "environments_tenant_id_id_key" ON "environments"("tenant_id", "id");
CREATE UNIQUE INDEX "memberships_tenant_id_id_key" ON "memberships"("tenant_id", "id");
CREATE UNIQUE INDEX "invitations_tenant_id_id_key" ON "invitations"("tenant_id", "id");
CREATE UNIQUE INDEX "api_keys_tenant_id_id_key" ON "api_keys"("tenant_id", "id");
CREATE UNIQUE INDEX "workflows_tenant_id_id_key" ON "workflows"("tenant_id", "id");
CREATE UNIQUE INDEX "workflow_holds_tenant_id_id_key" ON "workflow_holds"("tenant_id", "id");
CREATE UNIQUE INDEX "tags_tenant_id_id_key" ON "tags"("tenant_id", "id");
CREATE UNIQUE INDEX "credentials_tenant_id_id_key" ON "credentials"("tenant_id", "id");
CREATE UNIQUE INDEX "credential_uses_tenant_id_id_key" ON "credential_uses"("tenant_id", "id");
CREATE UNIQUE INDEX "n8n_users_tenant_id_id_key" ON "n8n_users"("tenant_id", "id");
CREATE UNIQUE INDEX "executions_tenant_id_id_key" ON "executions"("tenant_id", "id");
CREATE UNIQUE INDEX "sync_phases_tenant_id_id_key" ON "sync_phases"("tenant_id", "id");
CREATE UNIQUE INDEX "background_jobs_tenant_id_id_key" ON "background_jobs"("tenant_id", "id");
CREATE UNIQUE INDEX "secrets_tenant_id_id_key" ON "secrets"("tenant_id", "id");
CREATE UNIQUE INDEX "entitlement_overrides_tenant_id_id_key" ON "entitlement_overrides"("tenant_id", "id");

-- AddForeignKey
ALTER TABLE "tenants" ADD CONSTRAINT "tenants_plan_key_fkey" FOREIGN KEY ("plan_key") REFERENCES "plans"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflows" ADD CONSTRAINT "workflows_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_bodies" ADD CONSTRAINT "workflow_bodies_tenant_id_workflow_id_fkey" FOREIGN KEY ("tenant_id", "workflow_id") REFERENCES "workflows"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_holds" ADD CONSTRAINT "workflow_holds_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tags" ADD CONSTRAINT "tags_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential_uses" ADD CONSTRAINT "credential_uses_tenant_id_credential_id_fkey" FOREIGN KEY ("tenant_id", "credential_id") REFERENCES "credentials"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential_uses" ADD CONSTRAINT "credential_uses_tenant_id_workflow_id_fkey" FOREIGN KEY ("tenant_id", "workflow_id") REFERENCES "workflows"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "n8n_users" ADD CONSTRAINT "n8n_users_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executions" ADD CONSTRAINT "executions_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_phases" ADD CONSTRAINT "sync_phases_tenant_id_environment_id_fkey" FOREIGN KEY ("tenant_id", "environment_id") REFERENCES "environments"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Two roles without login, taken inside transactions only: the tenant's, which row-level security confines, and the
-- platform's, the explicit cross-tenant door. Where this account may not create roles, docs/deploy.md says what to grant first.
DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['n8nops_tenant', 'n8nops_platform'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
      EXCEPTION
        WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this cluster was faster
      END;
    END IF;
    -- Without INHERIT, so that the owner's own statements stay outside every policy.
    IF current_setting('server_version_num')::int >= 160000 THEN
      IF NOT pg_has_role(current_user, role_name, 'SET') OR pg_has_role(current_user, role_name, 'USAGE') THEN
        BEGIN
          EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT FALSE, SET TRUE', role_name);
        EXCEPTION
          WHEN insufficient_privilege THEN
            IF NOT pg_has_role(current_user, role_name, 'SET') THEN RAISE; END IF;
        END;
      END IF;
    ELSIF NOT pg_has_role(current_user, role_name, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', role_name);
    END IF;
  END LOOP;
END
$$;

GRANT USAGE ON SCHEMA public TO n8nops_tenant, n8nops_platform;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO n8nops_platform;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO n8nops_tenant, n8nops_platform;
-- What pg_dump reads when it runs as the platform (docs/backup.md): the owner itself is bound by row-level security.
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO n8nops_platform;

-- The tenant a transaction acts for; null outside one, and then no row is visible.
CREATE FUNCTION current_tenant() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.tenant', true), '')::uuid $$;

-- Makes a table with tenant_id a tenant table. Every later migration that adds one calls this.
CREATE PROCEDURE protect_tenant_table(name regclass)
  LANGUAGE plpgsql
  AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', name);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO n8nops_tenant, n8nops_platform', name);
  EXECUTE format(
    'CREATE POLICY tenant ON %s TO n8nops_tenant USING (tenant_id = (SELECT current_tenant())) WITH CHECK (tenant_id = (SELECT current_tenant()))',
    name);
  EXECUTE format('CREATE POLICY platform ON %s TO n8nops_platform USING (true) WITH CHECK (true)', name);
END
$$;

DO $$
DECLARE
  tenant_table regclass;
BEGIN
  FOR tenant_table IN
    SELECT format('%I.%I', table_schema, table_name)::regclass
    FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'tenant_id'
  LOOP
    CALL protect_tenant_table(tenant_table);
  END LOOP;
END
$$;

-- The chain is append-only, even for the platform.
REVOKE UPDATE, DELETE ON audit_events FROM n8nops_tenant, n8nops_platform;
REVOKE DELETE ON audit_heads FROM n8nops_tenant, n8nops_platform;
-- The outbox is written by tenants and read by the one poller of each process.
REVOKE SELECT, UPDATE, DELETE ON outbox_events FROM n8nops_tenant;
GRANT SELECT (id) ON outbox_events TO n8nops_tenant;

-- A tenant sees and renames itself, sees its members' public face, and reads the plans.
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenants TO n8nops_tenant
  USING (id = (SELECT current_tenant())) WITH CHECK (id = (SELECT current_tenant()));
CREATE POLICY platform ON tenants TO n8nops_platform USING (true) WITH CHECK (true);
GRANT SELECT ON tenants TO n8nops_tenant;
GRANT UPDATE (name, status, closes_at, onboarded_at, version, updated_at) ON tenants TO n8nops_tenant;

ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY member ON users FOR SELECT TO n8nops_tenant
  USING (EXISTS (SELECT FROM memberships WHERE memberships.user_id = users.id AND memberships.tenant_id = (SELECT current_tenant())));
CREATE POLICY platform ON users TO n8nops_platform USING (true) WITH CHECK (true);
GRANT SELECT (id, email, name, image, last_seen_at, created_at) ON users TO n8nops_tenant;

-- An admin may hand a member a link to a new password: the tenant adds the token and can't read any. Whether it may be
-- used is decided when it is: a person of several tenants is nobody's to reset.
ALTER TABLE one_time_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE one_time_tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON one_time_tokens FOR INSERT TO n8nops_tenant
  WITH CHECK (purpose = 'member-reset' AND split_part(identifier, ':', 1) = (SELECT current_tenant())::text);
CREATE POLICY platform ON one_time_tokens TO n8nops_platform USING (true) WITH CHECK (true);
GRANT INSERT ON one_time_tokens TO n8nops_tenant;

GRANT SELECT ON plans TO n8nops_tenant;

-- At most one active job for each thing it works on: what makes "already running" true.
CREATE UNIQUE INDEX background_jobs_active ON background_jobs (tenant_id, type, singleton_key)
  WHERE singleton_key IS NOT NULL AND status IN ('pending', 'running');
CREATE INDEX background_jobs_undispatched ON background_jobs (run_after)
  WHERE status = 'pending' AND dispatched_at IS NULL;
-- Losing these in a crash costs nothing but a generous minute.
ALTER TABLE rate_limits SET UNLOGGED;

-- The seeded plans (lib/core/plans.ts holds the same table; a test compares them).
INSERT INTO plans (key, name, rank, features, limits, updated_at) VALUES
  ('free', 'Free', 10, ARRAY['workflow_snapshots', 'environment_basic', 'workflow_read', 'workflow_push', 'snapshots_enabled', 'observability_basic', 'rbac_basic'], '{"environments":1,"team_members":3,"workflows":10,"workflows_per_environment":50,"snapshot_history":5,"log_retention_days":7,"agency_clients":0}', now()),
  ('pro', 'Pro', 20, ARRAY['workflow_snapshots', 'environment_basic', 'workflow_read', 'workflow_push', 'snapshots_enabled', 'observability_basic', 'rbac_basic', 'github_sync', 'scheduled_backups', 'deployments', 'observability', 'audit_logs', 'api_access', 'priority_support', 'environment_health', 'environment_diff', 'workflow_dirty_check', 'workflow_ci_cd', 'snapshots_auto', 'snapshots_export', 'observability_alerts', 'observability_logs'], '{"environments":3,"team_members":25,"workflows":200,"workflows_per_environment":500,"snapshot_history":30,"log_retention_days":30,"agency_clients":0}', now()),
  ('agency', 'Agency', 30, ARRAY['workflow_snapshots', 'environment_basic', 'workflow_read', 'workflow_push', 'snapshots_enabled', 'observability_basic', 'rbac_basic', 'github_sync', 'scheduled_backups', 'deployments', 'observability', 'audit_logs', 'api_access', 'priority_support', 'environment_health', 'environment_diff', 'workflow_dirty_check', 'workflow_ci_cd', 'snapshots_auto', 'snapshots_export', 'observability_alerts', 'observability_logs', 'workflow_ci_cd_approval', 'drift_incidents', 'rbac_advanced', 'audit_export', 'agency_enabled', 'agency_client_management', 'agency_whitelabel', 'custom_branding'], '{"environments":null,"team_members":100,"workflows":1000,"workflows_per_environment":1000,"snapshot_history":90,"log_retention_days":90,"agency_clients":25}', now()),
  ('enterprise', 'Enterprise', 40, ARRAY['workflow_snapshots', 'environment_basic', 'workflow_read', 'workflow_push', 'snapshots_enabled', 'observability_basic', 'rbac_basic', 'github_sync', 'scheduled_backups', 'deployments', 'observability', 'audit_logs', 'api_access', 'priority_support', 'environment_health', 'environment_diff', 'workflow_dirty_check', 'workflow_ci_cd', 'snapshots_auto', 'snapshots_export', 'observability_alerts', 'observability_logs', 'workflow_ci_cd_approval', 'drift_incidents', 'rbac_advanced', 'audit_export', 'agency_enabled', 'agency_client_management', 'agency_whitelabel', 'custom_branding', 'sso', 'data_residency', 'observability_alerts_advanced'], '{"environments":null,"team_members":null,"workflows":5000,"workflows_per_environment":null,"snapshot_history":365,"log_retention_days":365,"agency_clients":100}', now()),
  ('self-hosted', 'Self-hosted', 100, ARRAY['workflow_snapshots', 'environment_basic', 'workflow_read', 'workflow_push', 'snapshots_enabled', 'observability_basic', 'rbac_basic', 'github_sync', 'scheduled_backups', 'deployments', 'observability', 'audit_logs', 'api_access', 'priority_support', 'environment_health', 'environment_diff', 'workflow_dirty_check', 'workflow_ci_cd', 'snapshots_auto', 'snapshots_export', 'observability_alerts', 'observability_logs', 'workflow_ci_cd_approval', 'drift_incidents', 'rbac_advanced', 'audit_export', 'agency_enabled', 'agency_client_management', 'agency_whitelabel', 'custom_branding', 'sso', 'data_residency', 'observability_alerts_advanced'], '{"environments":null,"team_members":null,"workflows":null,"workflows_per_environment":null,"snapshot_history":null,"log_retention_days":null,"agency_clients":null}', now());
