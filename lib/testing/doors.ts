import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { DoorsOfPath } from '@/lib/server/openapi';
import type { Door, Method } from '@/lib/server/routes';

const ROOT = join(import.meta.dirname, '../../app/api/v1');
const METHODS: Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Every REST door of the product, found by walking the folders as Next does. None can be left out. */
export async function everyDoor(): Promise<DoorsOfPath[]> {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('route.ts'));
  const paths = await Promise.all(
    files.sort().map(async (name) => {
      const module = (await import(join(ROOT, name))) as Record<string, Door | undefined>;
      const path = `/${relative(ROOT, join(ROOT, name, '..')).replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, '{$1}')}`;
      const doors = METHODS.flatMap((method) => {
        const door = module[method];
        return door?.operation ? [[method, door] as const] : [];
      });
      return { path, doors: Object.fromEntries(doors) } as DoorsOfPath;
    }),
  );
  return paths.filter(({ doors }) => Object.keys(doors).length > 0);
}
