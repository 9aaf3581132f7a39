import { forbidden } from '@/lib/core/errors';
import { ById, Nothing } from '@/lib/core/schema';
import { operation } from '@/lib/kernel/operation';
import { assertVersion } from '@/lib/kernel/version';
import {
  assertPipelineNameFree,
  assertStages,
  completeStages,
  createStages,
  lockPipeline,
  removePipeline,
  replaceStages,
} from './editing';
import { decidesAt } from './model';
import { ByStage, CreatePipeline, ListPipelines, Pipeline, PipelinePage, UpdatePipeline } from './schema';
import { askingOf } from './service';
import { describePipeline, getPipelineRow, getStageRow, listPipelineRows } from './store';

export const listPipelines = operation({
  name: 'pipeline.list',
  summary: 'List pipelines with their stages',
  input: ListPipelines,
  output: PipelinePage,
  status: 200,
  permission: 'pipeline:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listPipelineRows(db, query)),
});

export const getPipeline = operation({
  name: 'pipeline.get',
  summary: 'Get a pipeline',
  input: ById,
  output: Pipeline,
  status: 200,
  permission: 'pipeline:read',
  effect: 'read',
  run: (ctx, { id }) => ctx.tx((db) => describePipeline(db, id)),
});

export const createPipeline = operation({
  name: 'pipeline.create',
  summary: 'Add a pipeline',
  description: 'Production is no source, dev no target: the action guard decides for each stage.',
  input: CreatePipeline,
  output: Pipeline,
  status: 201,
  permission: 'pipeline:write',
  feature: 'workflow_ci_cd',
  effect: 'write',
  audit: 'pipeline.created',
  run: (ctx, { stages, ...data }) =>
    ctx.tx(async (db) => {
      await assertPipelineNameFree(db, data.name);
      await assertStages(db, ctx.principal, stages);
      const { id } = await db.pipeline.create({ data });
      await createStages(db, id, stages);
      db.audit({ target: { type: 'pipeline', id, label: data.name }, details: { stages } });
      db.emit(changed(id));
      return describePipeline(db, id);
    }),
});

export const updatePipeline = operation({
  name: 'pipeline.update',
  summary: 'Change a pipeline',
  description: 'What is left out stays. A stage that a promotion is on its way through keeps its environments.',
  input: UpdatePipeline,
  output: Pipeline,
  status: 200,
  permission: 'pipeline:write',
  feature: 'workflow_ci_cd',
  effect: 'write',
  audit: 'pipeline.updated',
  run: (ctx, { id, stages, ...data }) =>
    ctx.tx(async (db) => {
      await lockPipeline(db, id);
      const pipeline = await getPipelineRow(db, id);
      assertVersion(pipeline, ctx.ifMatch);
      if (data.name) await assertPipelineNameFree(db, data.name, id);
      const wanted = stages && (await completeStages(db, pipeline, stages));
      if (wanted) {
        await assertStages(db, ctx.principal, wanted);
        await replaceStages(db, pipeline, wanted);
      }
      const { name } = await db.pipeline.update({ where: { id }, data: { ...data, version: { increment: 1 } } });
      db.audit({
        target: { type: 'pipeline', id, label: name },
        details: { ...data, ...(wanted ? { stages: wanted } : {}) },
      });
      db.emit(changed(id));
      return describePipeline(db, id);
    }),
});

export const deletePipeline = operation({
  name: 'pipeline.delete',
  summary: 'Delete a pipeline',
  description: 'What was promoted through it stays in the history. Refused while a promotion is on the way.',
  input: ById,
  output: Nothing,
  status: 204,
  permission: 'pipeline:write',
  versioned: true,
  effect: 'write',
  audit: 'pipeline.deleted',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      await lockPipeline(db, id);
      const pipeline = await getPipelineRow(db, id);
      assertVersion(pipeline, ctx.ifMatch);
      await removePipeline(db, pipeline);
      db.audit({ target: { type: 'pipeline', id, label: pipeline.name } });
      db.emit(changed(id));
    }),
});

export const resumeStage = operation({
  name: 'pipeline.resumeStage',
  summary: 'Take the hold off a stage',
  description: 'Admins, and the approvers of the stage. A stage that is not on hold stays as it is.',
  input: ByStage,
  output: Pipeline,
  status: 200,
  // Developers hold it; whether this one is named by the stage is decided by `decidesAt`.
  permission: 'promotion:write',
  effect: 'write',
  audit: 'pipeline.stage-resumed',
  run: (ctx, ids) =>
    ctx.tx(async (db) => {
      const stage = await getStageRow(db, ids);
      if (!decidesAt(stage, askingOf(ctx.principal))) {
        throw forbidden('Only an admin or an approver of this stage may resume it.', 'not_an_approver');
      }
      const released = { heldAt: null, heldReason: null, heldByDeploymentId: null };
      await db.pipelineStage.update({ where: { id: stage.id }, data: released });
      const label = `${stage.source.name} → ${stage.target.name}`;
      db.audit({ target: { type: 'stage', id: stage.id, label }, details: { reason: stage.heldReason } });
      db.emit(changed(ids.id));
      return describePipeline(db, ids.id);
    }),
});

const changed = (id: string) => ({ type: 'pipeline.changed', subject: id });
