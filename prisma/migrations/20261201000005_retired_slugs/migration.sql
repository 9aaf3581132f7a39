-- Git keeps what was approved for an environment that is gone, under its slug: no later one is to inherit it.
CREATE TABLE "retired_slugs" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL DEFAULT (current_setting('app.tenant'::text))::uuid,
    "slug" TEXT NOT NULL,

    CONSTRAINT "retired_slugs_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "retired_slugs_tenant_id_id_key" ON "retired_slugs"("tenant_id", "id");

CREATE UNIQUE INDEX "retired_slugs_tenant_id_slug_key" ON "retired_slugs"("tenant_id", "slug");

CALL protect_tenant_table('retired_slugs');
