import { randomBytes } from 'node:crypto';

/** A credential of the demo; `data` is made anew for each n8n. */
export interface DemoCredential {
  key: string;
  name: string;
  type: string;
  data: Record<string, string>;
}

export interface DemoWorkflow {
  /** Name of its file in `workflows/`, and what others refer to it by: `workflow:<key>`. */
  key: string;
  tags: string[];
  /** A sub-workflow has no trigger of its own: n8n 1.x has nothing to publish in it, n8n 2.x wants it published. */
  kind: 'triggered' | 'sub-workflow' | 'draft';
}

/** A request that leaves an execution behind. */
export interface DemoRequest {
  method: 'GET' | 'POST';
  path: string;
  /** Key of the credential that the webhook asks for. */
  credential?: string;
  body?: unknown;
}

/** A small shop: what it receives, decides and reports. Called workflows stand before those that call them. */
export const workflows: DemoWorkflow[] = [
  { key: 'report-failure', tags: ['operations'], kind: 'sub-workflow' },
  { key: 'price-order', tags: ['shop'], kind: 'sub-workflow' },
  { key: 'receive-order', tags: ['shop', 'critical'], kind: 'triggered' },
  { key: 'propose-reorder', tags: ['warehouse'], kind: 'sub-workflow' },
  { key: 'update-stock', tags: ['warehouse', 'critical'], kind: 'triggered' },
  { key: 'decide-return', tags: ['shop'], kind: 'triggered' },
  { key: 'register-customer', tags: ['shop'], kind: 'triggered' },
  { key: 'order-status', tags: ['shop'], kind: 'triggered' },
  { key: 'daily-summary', tags: ['operations'], kind: 'triggered' },
  { key: 'loyalty-points', tags: ['shop'], kind: 'draft' },
];

export function makeCredentials(): DemoCredential[] {
  const secret = () => randomBytes(18).toString('base64url');
  return [
    {
      key: 'shop-token',
      name: 'Shop token',
      type: 'httpHeaderAuth',
      data: { name: 'X-Shop-Token', value: secret() },
    },
    {
      key: 'warehouse-login',
      name: 'Warehouse login',
      type: 'httpBasicAuth',
      data: { user: 'warehouse', password: secret() },
    },
  ];
}

/** A morning in the shop; the return without an order id fails, which its error workflow reports. */
export const requests: DemoRequest[] = [
  {
    method: 'POST',
    path: 'shop/orders',
    credential: 'shop-token',
    body: { orderId: 'A-1041', customer: 'ada@example.com', lines: [{ article: 'Mug', quantity: 2, unitPrice: 9.5 }] },
  },
  {
    method: 'POST',
    path: 'shop/orders',
    credential: 'shop-token',
    body: { orderId: 'A-1042', customer: 'lin@example.com', lines: [{ article: 'Lamp', quantity: 1, unitPrice: 64 }] },
  },
  { method: 'POST', path: 'shop/orders', credential: 'shop-token', body: { orderId: 'A-1043', lines: [] } },
  {
    method: 'POST',
    path: 'warehouse/stock',
    credential: 'warehouse-login',
    body: { article: 'Lamp', stock: 7, minimum: 15 },
  },
  { method: 'POST', path: 'shop/returns', credential: 'shop-token', body: { orderId: 'A-0997', amount: 48 } },
  { method: 'POST', path: 'shop/returns', credential: 'shop-token', body: { amount: 12 } },
  { method: 'POST', path: 'shop/customers', body: { name: ' Sam ', email: 'Sam@Example.com ', newsletter: true } },
  { method: 'GET', path: 'shop/order-status?orderId=A-1041' },
];
