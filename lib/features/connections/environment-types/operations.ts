import { ById, Nothing } from '@/lib/core/schema';
import { operation } from '@/lib/kernel/operation';
import {
  CreateEnvironmentType,
  EnvironmentType,
  EnvironmentTypePage,
  ListEnvironmentTypes,
  ReorderEnvironmentTypes,
  UpdateEnvironmentType,
} from './schema';
import { createType, deleteType, getType, listTypes, reorderTypes, updateType } from './store';

const CHANGED = { type: 'environment-type.changed' };

export const listEnvironmentTypes = operation({
  name: 'environmentType.list',
  summary: 'List the labels for environments',
  input: ListEnvironmentTypes,
  output: EnvironmentTypePage,
  status: 200,
  permission: 'environment-type:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listTypes(db, query)),
});

export const createEnvironmentType = operation({
  name: 'environmentType.create',
  summary: 'Add a label for environments',
  input: CreateEnvironmentType,
  output: EnvironmentType,
  status: 201,
  permission: 'environment-type:write',
  effect: 'write',
  audit: 'environment-type.created',
  run: (ctx, input) =>
    ctx.tx(async (db) => {
      const type = await createType(db, input);
      db.audit({ target: { type: 'environment-type', id: type.id, label: type.label } });
      db.emit(CHANGED);
      return type;
    }),
});

export const updateEnvironmentType = operation({
  name: 'environmentType.update',
  summary: 'Rename a label, or take it out of use',
  input: UpdateEnvironmentType,
  output: EnvironmentType,
  status: 200,
  permission: 'environment-type:write',
  effect: 'write',
  audit: 'environment-type.updated',
  run: (ctx, input) =>
    ctx.tx(async (db) => {
      const type = await updateType(db, input, ctx.ifMatch);
      db.audit({ target: { type: 'environment-type', id: type.id, label: type.label } });
      db.emit(CHANGED);
      return type;
    }),
});

export const deleteEnvironmentType = operation({
  name: 'environmentType.delete',
  summary: 'Delete a label',
  input: ById,
  output: Nothing,
  status: 204,
  permission: 'environment-type:write',
  effect: 'write',
  audit: 'environment-type.deleted',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      const { label } = await getType(db, id);
      await deleteType(db, id);
      db.audit({ target: { type: 'environment-type', id, label } });
      db.emit(CHANGED);
    }),
});

export const reorderEnvironmentTypes = operation({
  name: 'environmentType.reorder',
  summary: 'Put the labels in another order',
  input: ReorderEnvironmentTypes,
  output: Nothing,
  status: 204,
  permission: 'environment-type:write',
  effect: 'write',
  audit: 'environment-type.reordered',
  run: (ctx, { orderedIds }) =>
    ctx.tx(async (db) => {
      await reorderTypes(db, orderedIds);
      db.audit({ details: { orderedIds } });
      db.emit(CHANGED);
    }),
});
