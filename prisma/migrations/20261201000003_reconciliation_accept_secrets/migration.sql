-- Whether what is kept may have secrets written out: the same request again is told from another one by it.
ALTER TABLE "reconciliations" ADD COLUMN "accept_secrets" BOOLEAN NOT NULL DEFAULT false;
