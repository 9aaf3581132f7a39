// Prisma's native schema engine is downloaded from a host that may be out of reach. The same commit is published as
// WebAssembly; this speaks the CLI's protocol (line-delimited JSON-RPC on stdin and stdout) and answers with it.
import { parseCommandLine } from './command-line.ts';
import { engineVersion } from './engine.ts';
import { serve } from './protocol.ts';
import { runSubcommand } from './subcommand.ts';

const { version, subcommand, datamodels, url } = parseCommandLine(process.argv.slice(2), process.env.DATABASE_URL);

if (version) console.log(engineVersion());
else if (subcommand) process.exitCode = await runSubcommand(subcommand, url);
else serve(datamodels, url);
