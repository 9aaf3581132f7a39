import { ById } from '@/lib/core/schema';
import { operation } from '@/lib/kernel/operation';
import { ListTags, Tag, TagPage } from './schema';
import { getTag, listTagRows } from './store';

export const listTags = operation({
  name: 'tag.list',
  summary: 'List the tags of instances',
  input: ListTags,
  output: TagPage,
  status: 200,
  permission: 'tag:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listTagRows(db, query)),
});

export const getOneTag = operation({
  name: 'tag.get',
  summary: 'Get a tag',
  input: ById,
  output: Tag,
  status: 200,
  permission: 'tag:read',
  effect: 'read',
  run: (ctx, { id }) => ctx.tx((db) => getTag(db, id)),
});
