import type { DemoEnvironment } from '../connect.ts';
import type { JsonApi } from '../http.ts';
import type { Teller } from './teller.ts';

/** Where the tour plays. */
export interface Stage {
  api: JsonApi;
  dev: DemoEnvironment;
  production: DemoEnvironment;
  teller: Teller;
}
