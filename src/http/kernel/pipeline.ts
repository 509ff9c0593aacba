import type { Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { invalidField, notFound } from '../../domain/shared/errors.ts';
import { type SessionId, sessionWorkflowId, type TurnId } from '../../domain/shared/ids.ts';
import type { Principal } from '../../ports/access/key-store.ts';
import { validate } from '../../runtime/validate.ts';
import type { Dependencies } from './lib/dependencies.ts';
import { EVENT_STREAM } from './lib/event-stream-type.ts';
import type { Reply } from './lib/http-reply.ts';
import type { Context } from './lib/request-state.ts';
import type { Route } from './lib/route.ts';
import { sessionId, turnId } from './schemas/id-schemas.ts';
import { authenticate, secretIn } from './steps/authenticate.ts';
import { authorize } from './steps/authorize.ts';
import { claimKey, requestFingerprint } from './steps/idempotency.ts';
import { limitRate } from './steps/limit-rate.ts';
import { readQuery } from './steps/read-query.ts';
import { receiveBody } from './steps/receive-body.ts';
import { cutSilentReader } from './streams/cut-silent-reader.ts';
import { type OpenSlots, startsRun, streamKindOf, untilClosed } from './streams/open-slots.ts';
import { mayWait, type RequestTurns } from './streams/request-turns.ts';

type RoutedContext = Context & { params: Record<string, string> };

/** What all requests to a process share. */
export interface Shared {
  slots: OpenSlots;
  turns: RequestTurns;
}

/** The way of every authenticated request, in order; each step may end it with an AskError. */
export function pipeline(route: Route, deps: Dependencies, { slots, turns }: Shared) {
  const inTurn = mayWait(route) ? turns.waiting : turns.short;
  return async (ctx: RoutedContext): Promise<void> => {
    const secret = secretIn(ctx.get('Authorization')) ?? '';
    const principal = await turns.admission(secret, () => admit(ctx, route, deps));
    const { projectId } = principal.tenant;
    const wantsEvents = ctx.accepts(['json', EVENT_STREAM]) === EVENT_STREAM;
    const stream = streamKindOf(route, wantsEvents);
    if (stream !== null) untilClosed(ctx.res, slots.take(principal.keyId, stream));
    const params = pathParams(route, ctx);
    const query = validate(route.input.query ?? z.strictObject({}), readQuery(ctx), 'query');
    const fingerprint = requestFingerprint(ctx);
    const takeSlot = () => slots.take(projectId, 'body');
    const { read, close } = await receiveBody(ctx, route, { onChunk: (chunk) => fingerprint.update(chunk), takeSlot });
    try {
      // Only now, because a body that comes slowly must not take the place of another one.
      if (startsRun(route)) untilClosed(ctx.res, slots.take(projectId, 'run'));
      const given = { principal, wantsEvents, params, query, fingerprint };
      const reply = await inTurn(projectId, () => answer(ctx, route, deps, { ...given, data: read() }));
      send(ctx, reply, () => slots.take(principal.keyId, 'download'));
    } finally {
      await close();
    }
  };
}

async function admit(ctx: RoutedContext, route: Route, deps: Dependencies): Promise<Principal> {
  const principal = await authenticate(ctx, deps.keys);
  await limitRate(ctx, deps.rateLimiter, principal.tenant, deps.settings.rateLimitPerMinute);
  authorize(principal, route.scope);
  return principal;
}

interface Given {
  principal: Principal;
  wantsEvents: boolean;
  params: unknown;
  query: unknown;
  /** Of the whole request. */
  fingerprint: Hash;
  /** The body, not validated. */
  data: unknown;
}

async function answer(ctx: RoutedContext, route: Route, deps: Dependencies, { fingerprint, data, ...given }: Given) {
  const body = route.input.body && validate(route.input.body, data, 'body');
  const { tenant } = given.principal;
  const claim = await claimKey(ctx, deps.idempotency, tenant, fingerprint.digest('hex'));
  const ids = claim === null ? deps.freshIds : deps.derivedIds(claim.seed);
  const call = {
    ...given,
    ...{ tenant, requestId: ctx.state.requestId, ids, claim, body },
    respondAsync: prefersAsync(ctx.get('Prefer')),
    lastEventId: readLastEventId(ctx),
    about: (session: SessionId, turn?: TurnId) => tellPlace(ctx, session, turn),
    replays: () => tellReplay(ctx),
  };
  const reply = await route.handler(call, deps);
  if (claim?.completed === false) await deps.idempotency.complete(claim.id);
  return { replayed: claim?.completed ?? false, ...reply };
}

/** What has not even the form of an id is as unknown as an id that nobody has. */
function pathParams(route: Route, ctx: RoutedContext): unknown {
  const [name, value] = Object.entries(ctx.params).at(-1) ?? [];
  const parsed = route.input.params?.safeParse(ctx.params);
  if (parsed?.success === false)
    throw notFound(name?.replace(/_id$/, '').replaceAll('_', ' ') ?? 'resource', value ?? '');
  const named = namedSession.safeParse(parsed?.data);
  if (named.success) tellPlace(ctx, named.data.session_id, named.data.turn_id);
  return parsed?.data;
}

const namedSession = z.object({ session_id: sessionId, turn_id: turnId.optional() });

function tellPlace(ctx: Context, session: SessionId, turn: TurnId | undefined): void {
  ctx.state.sessionId = session;
  if (turn !== undefined) ctx.state.turnId = turn;
  ctx.set('X-Workflow-Id', sessionWorkflowId(session));
}

function tellReplay(ctx: Context): void {
  ctx.set('Idempotent-Replayed', 'true');
}

/** RFC 7240: preferences are separated by commas, in any case, and may have parameters. */
function prefersAsync(header: string): boolean {
  return header.split(',').some((preference) => preference.split(';', 1)[0]?.trim().toLowerCase() === 'respond-async');
}

function readLastEventId(ctx: Context): number {
  const given = ctx.get('Last-Event-ID');
  if (!/^\d{0,9}$/.test(given)) throw invalidField('Last-Event-ID', 'takes the id of an event of this stream');
  return Number(given);
}

/** A list of this size, in characters, is held in memory until its reader has taken it, and counts as a download. */
const LARGE_LIST = 256 * 1024;

function send(ctx: Context, reply: Reply<number, unknown>, takeSlot: () => () => void): void {
  const { status, body = null, headers, replayed } = reply;
  const text = body === null || body instanceof Readable ? null : JSON.stringify(body);
  if (ctx.method === 'GET' && text !== null && text.length > LARGE_LIST) untilClosed(ctx.res, takeSlot());
  ctx.status = status;
  ctx.set(headers ?? {});
  if (replayed) tellReplay(ctx);
  if (text !== null) ctx.type = 'json';
  ctx.body = text ?? body;
  cutSilentReader(ctx.res);
  // Koa turns an empty body into 204.
  ctx.status = status;
}
