import type { Capability } from '@/lib/ports/provider-probe';
import { describeWorkflowProvider } from '@/lib/ports/workflow-provider.contract';
import { connectFake, FakeInstance, webhookAt } from './index';

const hold = (name: string, without: Capability[]) =>
  describeWorkflowProvider(name, async () => {
    const instance = new FakeInstance({ without });
    return {
      connect: (other) => connectFake(instance, other?.apiKey),
      async trigger(path) {
        instance.run(webhookAt(instance, path)!.id);
      },
    };
  });

hold('the fake', []);
hold('the fake with an old version’s limits', [
  'workflows.draftOnly',
  'workflows.publishVersion',
  'workflows.archive',
  'workflows.history',
  'credentials.list',
]);
