import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import type { AnyOperation } from '@/lib/kernel/operation';
import type { CronDoor } from '@/lib/server/cron';
import type { DoorsOfPath } from '@/lib/server/openapi';
import type { Door, Method } from '@/lib/server/routes';
import type { SseDoor } from '@/lib/server/sse';
import { fieldsOf } from './minimal-input';

const APP = join(import.meta.dirname, '../../app/api');
const ACTIONS = join(import.meta.dirname, '../actions');
const METHODS: Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** One handler of one route file, whatever kind of door it is; `path` in OpenAPI's notation, below `/api`. */
export type Handler = {
  path: string;
  method: Method;
  handle: ((request: Request, route: { params: Promise<Record<string, string>> }) => Promise<Response>) &
    Partial<Pick<Door, 'operation'> & Pick<SseDoor, 'permission'> & Pick<CronDoor, 'tick'>>;
};

/** Every handler of every route file, found by walking the folders as Next does. None can be left out. */
export async function everyHandler(): Promise<Handler[]> {
  const files = readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('route.ts'));
  const found = await Promise.all(
    files.sort().map(async (name) => {
      const module = (await import(join(APP, name))) as Record<string, Handler['handle'] | undefined>;
      const path = `/${dirname(name).replaceAll(/\[+(?:\.\.\.)?(\w+)\]+/g, '{$1}')}`;
      return METHODS.flatMap((method) => (module[method] ? [{ path, method, handle: module[method] }] : []));
    }),
  );
  return found.flat();
}

/** Every REST door of the product with its operation, by path below `/api/v1`. */
export async function everyDoor(): Promise<DoorsOfPath[]> {
  const rest = (await everyHandler()).filter(({ path, handle }) => path.startsWith('/v1/') && handle.operation);
  const byPath = Map.groupBy(rest, ({ path }) => path.slice('/v1'.length));
  return [...byPath].map(([path, handlers]) => ({
    path,
    doors: Object.fromEntries(handlers.map(({ method, handle }) => [method, handle as Door])),
  }));
}

/** One REST door with what a suite needs to knock at it. */
export type FlatDoor = {
  /** `GET /workflows/{id}`. */
  name: string;
  path: string;
  method: Method;
  door: Door;
  operation: AnyOperation;
  parameters: string[];
  fields: Record<string, z.ZodType>;
};

export async function everyFlatDoor(): Promise<FlatDoor[]> {
  return (await everyDoor()).flatMap(({ path, doors }) =>
    Object.entries(doors).map(([method, door]) => ({
      name: `${method} ${path}`,
      path,
      method: method as Method,
      door,
      operation: door.operation,
      parameters: [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!),
      fields: fieldsOf(door.operation.input),
    })),
  );
}

export type ActionDoor = ((tenant: string | null, input: never) => Promise<unknown>) & { operation?: AnyOperation };

/** Every server action that is exported, by `file.name`. */
export async function everyAction(): Promise<{ name: string; action: ActionDoor }[]> {
  const files = existsSync(ACTIONS) ? readdirSync(ACTIONS).filter((name) => /(?<!\.test)\.ts$/.test(name)) : [];
  const found = await Promise.all(
    files.sort().map(async (file) => {
      const module = (await import(join(ACTIONS, file))) as Record<string, ActionDoor>;
      return Object.entries(module).map(([name, action]) => ({ name: `${file.replace('.ts', '')}.${name}`, action }));
    }),
  );
  return found.flat();
}
