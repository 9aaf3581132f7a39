import type { Egress } from '@/lib/adapters/egress';
import { CAPABILITIES } from '@/lib/ports/provider-probe';
import type { ProviderConnection, ProviderKind, WorkflowProvider } from '@/lib/ports/workflow-provider';
import { createClient } from './client';
import { createInstances, type Instance } from './instance';
import { createTag, getExecution, listCredentials, listExecutions, listTags, listUsers, listWorkflows } from './lists';
import { probeInstance } from './probe';
import { deleteWorkflow, publishWorkflow, setArchived, setWorkflowTags, unpublishWorkflow } from './publishing';
import type { Patience } from './retry';
import { createSession } from './session';
import { probeWebhook } from './webhook-probe';
import { createWorkflow, fitWorkflow, getWorkflow, getWorkflowVersion, updateWorkflow } from './workflows';

export { normaliseBaseUrl } from './instance';

export type N8nOptions = {
  /** The guard through which every request goes. */
  egress: Egress;
  /** How long a call may keep trying; the default suits background work. */
  patience?: Patience;
};

/** n8n over its public REST API, 1.123 to 2.x. Make one per process: circuits and write queues are shared by it. */
export function n8nProvider(options: N8nOptions): ProviderKind {
  const instanceAt = createInstances();
  return {
    type: 'n8n',
    name: 'n8n',
    description: 'Workflow automation, self-hosted or in the cloud, versions 1.123 to 2.x.',
    connection: [
      {
        field: 'baseUrl',
        label: 'Base URL',
        secret: false,
        help: 'What you open in the browser, for example https://n8n.example.com',
      },
      {
        field: 'apiKey',
        label: 'API key',
        secret: true,
        help: 'From n8n: Settings → n8n API, of an owner or admin, with all scopes.',
      },
    ],
    capabilities: CAPABILITIES,
    connect: (connection) => connect(options, instanceAt(connection.baseUrl), connection),
  };
}

function connect(
  { egress, patience }: N8nOptions,
  instance: Instance,
  { apiKey }: ProviderConnection,
): WorkflowProvider {
  const client = createClient(egress, instance, apiKey, patience);
  const session = createSession(client, instance, apiKey);
  const readSpecification = (call: { signal?: AbortSignal }) => session.specification({ ...call, fresh: true });
  return {
    probe: (call) => probeInstance({ client, apiKey, readSpecification }, call),
    listWorkflows: (call) => listWorkflows(session, call),
    getWorkflow: (id, call) => getWorkflow(session, id, call),
    getWorkflowVersion: (id, versionId, call) => getWorkflowVersion(session, id, versionId, call),
    fitWorkflow: (document, options) => fitWorkflow(session, document, options),
    createWorkflow: (document, call) => createWorkflow(session, document, call),
    updateWorkflow: (id, document, call) => updateWorkflow(session, id, document, call),
    deleteWorkflow: (id, call) => deleteWorkflow(session, id, call),
    archiveWorkflow: (id, call) => setArchived(session, id, true, call),
    unarchiveWorkflow: (id, call) => setArchived(session, id, false, call),
    publishWorkflow: (id, call) => publishWorkflow(session, id, call),
    unpublishWorkflow: (id, call) => unpublishWorkflow(session, id, call),
    setWorkflowTags: (id, tagIds, call) => setWorkflowTags(session, id, tagIds, call),
    listTags: (call) => listTags(session, call),
    createTag: (name, call) => createTag(session, name, call),
    listCredentials: (call) => listCredentials(session, call),
    listUsers: (call) => listUsers(session, call),
    listExecutions: (query) => listExecutions(session, query),
    getExecution: (id, call) => getExecution(session, id, call),
    probeWebhook: (path, call) => probeWebhook(client, path, call),
  };
}
