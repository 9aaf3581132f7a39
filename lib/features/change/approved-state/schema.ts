import { z } from 'zod';
import { Id } from '@/lib/core/schema';

export const MANIFEST_FORMAT = 'n8nops-manifest/1';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** `<lineage slug>-<eight hex digits of its id>.json`. */
export const FileName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}-[0-9a-f]{8}\.json$/);

/** What an environment should run of one lineage. All but the two ids is derived from the file. */
export const ManifestEntry = z.object({
  /** Null only in snapshots, which hold what belongs to no lineage too. */
  lineageId: Id.nullable(),
  /** The workflow's id on its instance; null when it is not there. */
  n8nId: z.string().min(1).max(200).nullable(),
  name: z.string(),
  active: z.boolean(),
  archived: z.boolean(),
  tags: z.array(z.string()),
  /** Of the canonical form's parts. */
  digests: z.object({ logic: Sha256, layout: Sha256, settings: Sha256, state: Sha256, testData: Sha256 }),
});
export type ManifestEntry = z.infer<typeof ManifestEntry>;

/** `manifest.json` of an environment: its approved workflows, by the name of their file. */
export const Manifest = z.object({
  format: z.literal(MANIFEST_FORMAT),
  workflows: z.record(FileName, ManifestEntry).refine((entries) => {
    const lineages = Object.values(entries).flatMap(({ lineageId }) => lineageId ?? []);
    return new Set(lineages).size === lineages.length;
  }, 'A lineage stands twice.'),
});
export type Manifest = z.infer<typeof Manifest>;
