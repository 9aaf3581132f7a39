import type { ApprovedStore } from './approved-store';
import type { Mailer } from './mailer';
import type { Site } from './site';
import type { Vault } from './vault';
import type { ProviderKind } from './workflow-provider';

/** Everything outside that the product talks to. Filled once, in lib/server/runtime.ts. */
export type Ports = {
  site: Site;
  vault: Vault;
  approvedStore: ApprovedStore;
  /** Null when no SMTP server is configured: links are then handed over by people. */
  mailer: Mailer | null;
  /** The registry of automation products, by type. */
  providers: ReadonlyMap<string, ProviderKind>;
};
