import { work } from '@/lib/features/inventory/environment.fixture';
import type { Kernel } from '@/lib/kernel/kernel';
import { as, newTenant, type TestTenant } from '@/lib/testing/house';
import {
  childDocument,
  handlerDocument,
  type Instances,
  idOf,
  type Place,
  parentDocument,
  refreshAll,
} from './delivery.fixture';
import { executePromotion, getDeployment } from './deployments/operations';
import { createPipeline } from './pipelines/operations';
import { approvePromotion } from './promotions/decision-operations';
import { initiatePromotion } from './promotions/operations';

/** A tenant with dev and production, and a stage between them that asks for approval. */
export class ReleaseScene {
  private constructor(
    readonly kernel: Kernel,
    readonly tenant: TestTenant,
    readonly dev: Place,
    readonly production: Place,
    readonly route: { pipelineId: string; stageId: string },
  ) {}

  static async open(kernel: Kernel, instances: Instances): Promise<ReleaseScene> {
    const tenant = await newTenant(kernel);
    const dev = await instances.connect(kernel, tenant, 'dev');
    const production = await instances.connect(kernel, tenant, 'production');
    dev.instance.credentials.push(shopCredential('dev-shop'));
    production.instance.credentials.push(shopCredential('prod-shop'));
    const hop = { sourceEnvironmentId: dev.id, targetEnvironmentId: production.id, requireApproval: true };
    const admin = await as(kernel, tenant, 'admin');
    const { id, stages } = await admin(createPipeline, { name: 'Release', stages: [hop] });
    return new ReleaseScene(kernel, tenant, dev, production, { pipelineId: id, stageId: stages[0]!.id });
  }

  admin = () => as(this.kernel, this.tenant, 'admin');
  developer = () => as(this.kernel, this.tenant, 'developer');
  viewer = () => as(this.kernel, this.tenant, 'viewer');

  /** In dev: the parent calls the child, who lets only the parent call, and gives its errors to the handler. */
  async family() {
    const handler = this.dev.instance.seed(handlerDocument('Handler'));
    const child = this.dev.instance.seed(childDocument('Child', 'dev-parent'));
    const calls = { child: { workflowId: child.id, name: 'Child' }, handler: handler.id };
    const parent = this.dev.instance.seed(parentDocument('Parent', calls), { id: 'dev-parent' });
    await refreshAll(this.kernel, this.tenant, this.dev, this.production);
    return { parent, child, handler, parentId: await idOf(this.kernel, this.tenant, this.dev, parent.id) };
  }

  /** By the developer. */
  async initiate(workflowIds: string[], more = {}) {
    return (await this.developer())(initiatePromotion, { ...this.route, workflowIds, ...more });
  }

  async approve(id: string) {
    return (await this.admin())(approvePromotion, { id });
  }

  async approved(workflowIds: string[], more = {}) {
    const { id } = await this.initiate(workflowIds, more);
    return this.approve(id);
  }

  /** From the selection to the end of its deployment. */
  async release(workflowIds: string[], more = {}) {
    const { id } = await this.approved(workflowIds, more);
    const call = await this.developer();
    const { deploymentId, jobId } = await call(executePromotion, { id });
    const { error } = await this.work(jobId);
    if (error) throw new Error(`The deployment's job failed: ${error.detail}`);
    return call(getDeployment, { id: deploymentId });
  }

  work = (jobId: string) => work(this.kernel, this.tenant, jobId);

  inProduction = (name: string) => named(this.production, name);
  inDev = (name: string) => named(this.dev, name);
}

const named = ({ instance }: Place, name: string) =>
  [...instance.workflows.values()].find(({ document }) => document.name === name)!;

export const shopCredential = (id: string, name = 'Shop API') => ({
  ...{ id, name, type: 'httpHeaderAuth', createdAt: null, updatedAt: null },
});
