import type { Context } from './request-state.ts';

/** A route that needs no key. */
export interface PublicRoute {
  method: 'GET';
  path: string;
  summary: string;
  /** Media types by status. */
  produces: Record<number, string>;
  handler: (ctx: Context) => Promise<void>;
}
