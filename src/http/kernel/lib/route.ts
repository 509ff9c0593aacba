import type { z } from 'zod';
import type { Scope, Tenant } from '../../../domain/access/tenant.ts';
import type { SessionId, TurnId } from '../../../domain/shared/ids.ts';
import type { IdempotencyClaim } from '../../../ports/access/idempotency-store.ts';
import type { Principal } from '../../../ports/access/key-store.ts';
import type { Ids } from '../../../ports/clock.ts';
import type { Dependencies } from './dependencies.ts';
import type { Reply } from './http-reply.ts';

/** What every handler of an authenticated route is told about its request. */
interface Caller {
  principal: Principal;
  tenant: Tenant;
  requestId: string;
  /** Fresh ids, or those of the first request with this `Idempotency-Key`. */
  ids: Ids;
  /** null without an `Idempotency-Key`. */
  claim: IdempotencyClaim | null;
  /** Whether the client asked for `Prefer: respond-async`. */
  respondAsync: boolean;
  /** Whether the client wants the answer as server-sent events. */
  wantsEvents: boolean;
  /** `Last-Event-ID`: the last event that the client already has; 0 for none. */
  lastEventId: number;
  /** Tells the log and the client, by `X-Workflow-Id`, which session this is about. */
  about(session: SessionId, turn?: TurnId): void;
  /** Tells the client that this is an earlier request's outcome, also where it is an error. */
  replays(): void;
}

/** A request as a handler gets it: who calls, and the validated input. */
export type Call<Input = unknown> = Caller & Input;

/** A body that a route decodes itself: bytes of one of the content types up to a limit, with the charset that was named. */
export interface TextBody {
  contentTypes: readonly string[];
  maxBytes: number;
  /** What the document says about each content type. */
  schemas: Record<string, z.ZodType>;
}

/** What the document says about the media types of replies that are not just JSON, by status. */
type Media = Record<number, Record<string, z.ZodType>>;

type Responses = Record<number, z.ZodType>;
type ReplyOf<R extends Responses> = { [S in keyof R & number]: Reply<S, z.input<R[S]>> }[keyof R & number];

interface Described {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With `:name` for parameters. */
  path: string;
  operationId: string;
  tag: string;
  summary: string;
}

/** Input schemas of a route: unset means that there is no such input. */
interface Inputs {
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
}
type Output<S> = S extends z.ZodType ? z.output<S> : undefined;

interface Definition<I extends Inputs, R extends Responses> extends Described {
  /** What a restricted key needs. */
  scope: Scope;
  input: I;
  textBody?: TextBody;
  media?: Media;
  responses: R;
  handler: (
    call: Call<{ params: Output<I['params']>; query: Output<I['query']>; body: Output<I['body']> }>,
    deps: Dependencies,
  ) => Promise<ReplyOf<R>>;
}

/** Validated input of any route. */
export interface ValidInput {
  params: unknown;
  query: unknown;
  body: unknown;
}

/** A row of the table. A row without a scope does not compile. */
export interface Route extends Described {
  scope: Scope;
  input: Inputs;
  textBody?: TextBody;
  media?: Media;
  responses: Responses;
  handler: (call: Call<ValidInput>, deps: Dependencies) => Promise<Reply<number, unknown>>;
}

/** Checks that a row's schemas and its handler agree; the table then needs no types of single routes. */
export function route<const I extends Inputs, R extends Responses>(definition: Definition<I, R>): Route {
  // The pipeline parses with this row's own schemas before it calls this row's own handler.
  return definition as unknown as Route;
}
