import type { Kernel } from '@/lib/kernel/kernel';
import { rotateSecrets } from '@/lib/kernel/secret-rotation';
import { createPlatformAdmin, prepareDemo, resetLink } from './admin/accounts';
import { runtime } from './runtime';

const USAGE = `npm run admin -- <task>

  reset <mail>          prints a link that sets a new password, once, within an hour
  create-admin <mail>   makes somebody a platform admin and prints the same link
  rotate-master-key     wraps every secret under the first key of MASTER_KEY; put the old one after a comma before
  demo [--json]         makes or renews the demo's organisation, admin and API key
`;

/** Each answers what stdout gets. What is done in steps says so on stderr. */
const TASKS: Record<string, (kernel: Kernel, argument?: string) => Promise<string>> = {
  reset: (kernel, mail) => resetLink(kernel, needed(mail)),
  'create-admin': (kernel, mail) => createPlatformAdmin(kernel, needed(mail)),
  async 'rotate-master-key'({ database, ports }) {
    const wrapped = await rotateSecrets(database, ports.vault, (done) => process.stderr.write(`${done} wrapped\n`));
    return `${wrapped} secrets wrapped under the current key; an older one is no longer needed.`;
  },
  async demo(kernel, format) {
    const demo = await prepareDemo(kernel);
    if (format === '--json') return JSON.stringify(demo);
    return Object.entries(demo)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n');
  },
};

function needed(mail: string | undefined): string {
  if (!mail) throw new Error('An address is needed.');
  return mail;
}

/** `npm run admin`: the operator's tasks. Exit code 0, 1 for a failure, 2 for a call that was not understood. */
async function main([name = '', argument]: string[]): Promise<number> {
  const task = TASKS[name];
  if (!task) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { kernel } = runtime();
  try {
    process.stdout.write(`${await task(kernel, argument)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  } finally {
    kernel.feed.close();
    await kernel.rateLimiter.close();
    await kernel.database.close();
  }
}

process.exitCode = await main(process.argv.slice(2));
