import type { ParameterizedContext } from 'koa';
import type { Principal } from '../../../ports/access/key-store.ts';

/** What the middleware knows about a request, for logs and metrics. */
export interface RequestState {
  requestId: string;
  /** The path with its parameters' names; unset while no route has matched. */
  route?: string;
  principal?: Principal;
  sessionId?: string;
}

export type Context = ParameterizedContext<RequestState>;
export type Next = () => Promise<unknown>;
