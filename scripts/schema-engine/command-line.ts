import { readFileSync } from 'node:fs';

/** What Prisma's CLI asks for when it spawns the engine: `datamodels` are [path, content] pairs, `url` the datasource. */
export interface CommandLine {
  version: boolean;
  subcommand: string | undefined;
  datamodels: [path: string, content: string][];
  url: string | undefined;
}

const withIgnoredValue = new Set(['--enabled-preview-features', '--extension-types']);

/** Reads the arguments of the native engine; those that mean nothing to the WebAssembly one are skipped. */
export function parseCommandLine(args: readonly string[], fallbackUrl: string | undefined): CommandLine {
  const parsed: CommandLine = { version: false, subcommand: undefined, datamodels: [], url: undefined };
  const rest = [...args];
  for (let flag = rest.shift(); flag !== undefined; flag = rest.shift()) {
    if (flag === '--version' || flag === '-V') parsed.version = true;
    else if (flag === '--datamodels' || flag === '-d') {
      const path = rest.shift() ?? '';
      parsed.datamodels.push([path, readFileSync(path, 'utf8')]);
    } else if (flag === '--datasource') parsed.url = JSON.parse(rest.shift() ?? '{}').url;
    else if (flag === 'cli') parsed.subcommand = rest.shift();
    else if (withIgnoredValue.has(flag)) rest.shift();
  }
  parsed.url ??= fallbackUrl;
  return parsed;
}
