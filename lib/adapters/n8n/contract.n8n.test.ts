import { inject } from 'vitest';
import { createEgress } from '@/lib/adapters/egress';
import { describeWorkflowProvider } from '@/lib/ports/workflow-provider.contract';
import { n8nProvider } from './index';

const instances = inject('n8n');

for (const line of ['1.x', '2.x'] as const) {
  const { version, ...connection } = instances[line];
  describeWorkflowProvider(`n8n ${version}`, async () => {
    const kind = n8nProvider({ egress: createEgress({ mode: 'private' }) });
    return {
      connect: (other) => kind.connect({ ...connection, ...other }),
      async trigger(path) {
        await fetch(`${connection.baseUrl}/webhook/${path}`, { method: 'POST' });
      },
    };
  });
}
