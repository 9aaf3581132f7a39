import { createEnvironment } from '@/lib/features/connections/environments/operations';
import { refresh } from '@/lib/features/inventory/environment.fixture';
import type { Kernel } from '@/lib/kernel/kernel';
import type { ProviderKind } from '@/lib/ports/workflow-provider';
import { fakeProvider } from '@/lib/testing/fake-provider';
import { FakeInstance } from '@/lib/testing/fake-provider/instance';
import { as, type TestTenant } from '@/lib/testing/house';

/** An environment of a test, and the instance behind it. */
export type Place = { id: string; instance: FakeInstance };
type Tier = 'dev' | 'staging' | 'production';

/** Instances by address, so that several environments can be connected in one house. */
export class Instances {
  readonly all: FakeInstance[] = [];
  readonly kind: ProviderKind = {
    ...fakeProvider(),
    type: 'n8n',
    connect: (connection) => fakeProvider(...this.all).connect(connection),
  };

  add(): FakeInstance {
    const instance = new FakeInstance();
    this.all.push(instance);
    return instance;
  }

  /** Connects a new instance as an environment of this class. */
  async connect(kernel: Kernel, tenant: TestTenant, tier: Tier, name: string = tier): Promise<Place> {
    const instance = this.add();
    const admin = await as(kernel, tenant, 'admin');
    const { baseUrl, apiKey } = instance;
    const { id } = await admin(createEnvironment, { name, class: tier, baseUrl, apiKey });
    return { id, instance };
  }
}

/** Reads these environments into the inventory, as a refresh does. */
export async function refreshAll(kernel: Kernel, tenant: TestTenant, ...places: Place[]): Promise<void> {
  for (const { id } of places) {
    const job = await refresh(kernel, tenant, id);
    if (job.status !== 'completed') throw new Error(`The refresh ${job.status}: ${JSON.stringify(job.error)}`);
  }
}
