import type { ParameterizedContext } from 'koa';
import type { Principal } from '../../../ports/access/key-store.ts';

/** What the middleware knows about a request, for logs and metrics. */
export interface RequestState {
  requestId: string;
  /** The path with its parameters' names; unset while no route has matched. */
  route?: string;
  principal?: Principal;
  sessionId?: string;
  turnId?: string;
}

/** The ids that each log line of a request carries. */
export function idsOf({ requestId, principal, sessionId, turnId }: RequestState) {
  return {
    request_id: requestId,
    ...(principal && { key_id: principal.keyId, project_id: principal.tenant.projectId }),
    ...(sessionId && { session_id: sessionId }),
    ...(turnId && { turn_id: turnId }),
  };
}

export type Context = ParameterizedContext<RequestState>;
export type Next = () => Promise<unknown>;
