import { z } from 'zod';
import { blocked } from '@/lib/core/errors';
import { ById, Nothing } from '@/lib/core/schema';
import { JobReceipt } from '@/lib/features/service/background-jobs/schema';
import { operation } from '@/lib/kernel/operation';
import { assertVersion } from '@/lib/kernel/version';
import { describeLineage, listIdentityRows, summarizeIdentities } from './identity-store';
import { lineageLink } from './jobs';
import {
  IdentityPage,
  IdentitySummary,
  LineageDetail,
  LineagePage,
  ListIdentities,
  ListLineages,
  RenameLineage,
} from './schema';
import { getLineageRow, listLineageRows, lockLineage } from './store';

export const listLineages = operation({
  name: 'lineage.list',
  summary: 'List lineages: the same workflow across environments',
  input: ListLineages,
  output: LineagePage,
  status: 200,
  permission: 'lineage:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listLineageRows(db, query)),
});

export const getLineage = operation({
  name: 'lineage.get',
  summary: 'One lineage with its workflow in each environment',
  input: ById,
  output: LineageDetail,
  status: 200,
  permission: 'lineage:read',
  effect: 'read',
  run: (ctx, { id }) => ctx.tx((db) => describeLineage(db, id)),
});

export const renameLineage = operation({
  name: 'lineage.rename',
  summary: 'Give a lineage another name',
  description: 'Its slug stays: files in git are called by it.',
  input: RenameLineage,
  output: LineageDetail,
  status: 200,
  permission: 'lineage:write',
  effect: 'write',
  audit: 'lineage.renamed',
  run: (ctx, { id, name }) =>
    ctx.tx(async (db) => {
      const before = await lockLineage(db, id);
      assertVersion(before, ctx.ifMatch);
      await db.lineage.update({ where: { id }, data: { name, version: { increment: 1 } } });
      db.audit({ target: { type: 'lineage', id, label: name }, details: { before: before.name } });
      db.emit({ type: 'lineage.changed', subject: id });
      return describeLineage(db, id);
    }),
});

export const deleteLineage = operation({
  name: 'lineage.delete',
  summary: 'Delete a lineage that no workflow belongs to',
  input: ById,
  output: Nothing,
  status: 204,
  permission: 'lineage:write',
  effect: 'write',
  audit: 'lineage.deleted',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      const { name, _count } = await getLineageRow(db, id);
      if (_count.links > 0) {
        const detail = `${name} still has workflows in ${_count.links} environment(s).`;
        throw blocked(detail, 'lineage_in_use', 'Unlink its workflows first.');
      }
      await db.lineage.delete({ where: { id } });
      db.audit({ target: { type: 'lineage', id, label: name } });
      db.emit({ type: 'lineage.changed', subject: id });
    }),
});

export const listIdentities = operation({
  name: 'lineage.workflows',
  summary: 'List workflows by how they stand to their lineage: linked, unmapped, missing, ignored, deleted',
  input: ListIdentities,
  output: IdentityPage,
  status: 200,
  permission: 'lineage:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listIdentityRows(db, query)),
});

export const summarizeLineages = operation({
  name: 'lineage.summary',
  summary: 'How many workflows of each environment are linked, unmapped, missing, ignored or deleted',
  input: z.object({}),
  output: IdentitySummary,
  status: 200,
  permission: 'lineage:read',
  effect: 'read',
  run: (ctx) => ctx.tx(summarizeIdentities),
});

export const linkAutomatically = operation({
  name: 'lineage.linkAutomatically',
  summary: 'Link what is beyond doubt, and suggest the rest, now',
  description: 'It happens by itself after every refresh. One at a time: while one runs, its job is the answer.',
  input: z.strictObject({}),
  output: JobReceipt,
  status: 202,
  permission: 'lineage:write',
  effect: 'write',
  audit: 'lineage.linking-requested',
  run: (ctx) =>
    ctx.tx(async (db) => {
      const receipt = await db.enqueue(lineageLink, {});
      db.audit({ details: receipt });
      return receipt;
    }),
});
