// npm run verify: what can be known in under a minute.
import { conclude } from '../checks/check.ts';
import { sampling } from '../checks/sampling.ts';
import { verify } from '../checks/verify.ts';
import { runCommand } from '../command.ts';

await runCommand(async ({ stopping }) => conclude(await verify(sampling(false), stopping)));
