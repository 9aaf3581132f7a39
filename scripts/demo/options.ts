import { parseArgs } from 'node:util';
import { type Settings, settingOptions, toSettings } from '../app/environment.ts';

export interface DemoOptions extends Settings {
  /** Which n8n: exact, or `1.x`, `2.x`, `latest`. */
  n8n: string;
  /** Of the dev and the production n8n. */
  n8nPorts: [dev: number, production: number];
  /** One line of JSON on stdout instead of a text for people. */
  json: boolean;
  /** Walk the story of the product and end. */
  tour: boolean;
}

/** Reads the command line of `npm run demo`. */
export function readDemoOptions(args?: string[]): DemoOptions {
  const { values } = parseArgs({
    args,
    options: {
      ...settingOptions,
      n8n: { type: 'string', default: '2.x' },
      'n8n-ports': { type: 'string', default: '5678,5679' },
      json: { type: 'boolean', default: false },
      tour: { type: 'boolean', default: false },
    },
  });
  const ports = values['n8n-ports'].split(',').map(Number);
  const [dev = 0, production = 0] = ports;
  const isPort = (port: number) => Number.isInteger(port) && port > 0 && port < 65_536;
  if (ports.length !== 2 || dev === production || !ports.every(isPort)) {
    throw new Error('--n8n-ports takes two different ports, such as 5678,5679.');
  }
  const { n8n, json, tour } = values;
  return { ...toSettings(values), n8n, n8nPorts: [dev, production], json, tour };
}
