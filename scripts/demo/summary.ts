import type { DemoEnvironment } from './connect.ts';
import type { Instance } from './instances.ts';

/** What `npm run demo -- --json` prints. */
export interface Demo {
  url: string;
  email: string;
  password: string;
  apiKey: string;
  environments: DemoEnvironment[];
}

/** Where to go and how to sign in, for people. */
export function describe({ url, email, password, apiKey, environments }: Demo, instances: Instance[]): string {
  const n8n = environments.map(({ name, baseUrl }) => `  ${name.padEnd(12)} ${baseUrl}`);
  const [owner] = instances;
  return [
    '',
    `n8n Ops      ${url}`,
    `  sign in    ${email}  ${password}`,
    `  API key    ${apiKey}`,
    '',
    `n8n ${owner?.version}`,
    ...n8n,
    `  sign in    ${owner?.email}  ${owner?.password}`,
    '',
    'Ctrl-C stops all of it. The next run finds everything as it was left.',
  ].join('\n');
}
