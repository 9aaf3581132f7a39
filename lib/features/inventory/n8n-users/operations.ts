import { ById } from '@/lib/core/schema';
import { operation } from '@/lib/kernel/operation';
import { ListN8nUsers, N8nUser, N8nUserPage } from './schema';
import { getUser, listUserRows } from './store';

export const listN8nUsers = operation({
  name: 'n8nUser.list',
  summary: 'List the people who have accounts on instances',
  input: ListN8nUsers,
  output: N8nUserPage,
  status: 200,
  permission: 'n8n-user:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listUserRows(db, query)),
});

export const getN8nUser = operation({
  name: 'n8nUser.get',
  summary: 'Get one account of an instance',
  input: ById,
  output: N8nUser,
  status: 200,
  permission: 'n8n-user:read',
  effect: 'read',
  run: (ctx, { id }) => ctx.tx((db) => getUser(db, id)),
});
