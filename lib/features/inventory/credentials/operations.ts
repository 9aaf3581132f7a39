import { ById } from '@/lib/core/schema';
import { operation } from '@/lib/kernel/operation';
import { CredentialDetail, CredentialPage, ListCredentials } from './schema';
import { getCredentialDetail, listCredentialRows } from './store';

export const listCredentials = operation({
  name: 'credential.list',
  summary: 'List the credentials of instances: names and types, never secrets',
  input: ListCredentials,
  output: CredentialPage,
  status: 200,
  permission: 'credential:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listCredentialRows(db, query)),
});

export const getCredential = operation({
  name: 'credential.get',
  summary: 'Get a credential and where it is used',
  input: ById,
  output: CredentialDetail,
  status: 200,
  permission: 'credential:read',
  effect: 'read',
  run: (ctx, { id }) => ctx.tx((db) => getCredentialDetail(db, id)),
});
