import { documentNode } from '../references/document';
import { webhookAddress } from '../references/webhook-route';
import type { Check } from './check';
import { endpointNoun, exposureOf } from './exposure';

/** Endpoints that ask nobody who they are. */
export const unauthenticatedWebhook: Check = {
  id: 'unauthenticated-webhook',
  severity: 'warning',
  title: 'An endpoint is open to anyone',
  remedy: 'Set its authentication to a credential, or list the networks that may call it.',
  *find({ workflow }) {
    for (const node of workflow.nodes) {
      if (exposureOf(node) !== 'open') continue;
      const noun = endpointNoun(node.type);
      // A form is made to be public; an MCP server hands its tools to whoever connects.
      const severity = noun === 'form' ? 'info' : noun === 'MCP server' ? 'error' : 'warning';
      yield {
        node,
        path: ['parameters', 'authentication'],
        severity,
        message: `The ${noun} "${node.name}" answers anyone who knows its address.`,
      };
    }
  },
};

/** Two endpoints of one workflow under the same address: n8n refuses to publish it. */
export const duplicateWebhook: Check = {
  id: 'duplicate-webhook',
  severity: 'error',
  title: 'Two endpoints share an address',
  remedy: 'Give one of them another path or method.',
  *find({ workflow }) {
    const taken = new Map<string, string>();
    for (const node of workflow.nodes.filter(({ disabled }) => !disabled)) {
      const address = webhookAddress(documentNode(node));
      if (address?.route === undefined || exposureOf(node) === 'closed') continue;
      for (const method of address.methods) {
        const key = `${endpointNoun(node.type)} ${method} ${address.route}`;
        const other = taken.get(key);
        if (other === undefined) taken.set(key, node.name);
        else
          yield {
            node,
            path: address.path,
            message: `"${node.name}" and "${other}" both answer ${method} ${address.route}.`,
          };
      }
    }
  },
};
