import { JsonApi, n8nApi } from '../../scripts/demo/http.ts';
import type { Instance } from '../../scripts/demo/instances.ts';

/** What `main.ts` started for this run. */
interface House {
  origin: string;
  /** Private to the run, and gone with it. */
  dataFolder: string;
  /** What `dist/admin.mjs` needs to work on the same installation. */
  adminEnv: Record<string, string>;
  n8n: [dev: Instance, production: Instance];
}

/** The house of this run. Throws outside of one. */
export function house(): House {
  const described = process.env.N8NOPS_HOUSE;
  if (!described) throw new Error('The house is not running: start the journeys with `playwright test`.');
  return JSON.parse(described);
}

/** The API as whoever made the key. */
export const api = (key: string) => new JsonApi(`${house().origin}/api/v1`, { authorization: `Bearer ${key}` });

/** The instance of development (0) or of production (1), past n8n Ops. */
export const n8nAt = (at: 0 | 1) => n8nApi(house().n8n[at]);
