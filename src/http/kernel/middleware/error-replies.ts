import type { Logger } from 'pino';
import { AskError } from '../../../domain/shared/errors.ts';
import { ERROR_TABLE } from '../lib/error-table.ts';
import { lingeringBody } from '../lib/lingering-body.ts';
import { type Context, idsOf, type Next } from '../lib/request-state.ts';
import { presentError } from '../presenters/present-error.ts';

/** What others log for a client that went before it was answered. */
const CLIENT_CLOSED_REQUEST = 499;

/** Turns what a request threw into the error body. What nobody expected is logged and shows nothing of itself. */
export function errorReplies(logger: Logger) {
  return async (ctx: Context, next: Next): Promise<void> => {
    try {
      await next();
    } catch (error) {
      if (hasHungUp(ctx)) {
        ctx.status = CLIENT_CLOSED_REQUEST;
        return;
      }
      const known = error instanceof AskError ? error : toUnexpectedError(error);
      report(logger, ctx, known);
      answer(ctx, known);
    }
  };
}

/** Its request will never be complete, and nobody reads the answer: no failure of the service. */
function hasHungUp({ req }: Context): boolean {
  return req.destroyed && !req.complete;
}

function toUnexpectedError(cause: unknown): AskError {
  return new AskError('internal_error', 'Something unexpected went wrong.', { cause });
}

function answer(ctx: Context, error: AskError): void {
  const { kind, message, details, retryAfterMs } = error;
  ctx.status = ERROR_TABLE[kind].status;
  if (retryAfterMs !== undefined) ctx.set('Retry-After', String(Math.max(1, Math.ceil(retryAfterMs / 1000))));
  if (kind === 'unauthorized') ctx.set('WWW-Authenticate', 'Bearer realm="ask"');
  const body = JSON.stringify({ error: presentError({ kind, message, ...(details && { details }) }) });
  ctx.type = 'json';
  ctx.body = ctx.req.complete ? body : lingeringBody(ctx.req, body);
  ctx.length = Buffer.byteLength(body);
}

function report(logger: Logger, { state }: Context, error: AskError): void {
  if (ERROR_TABLE[error.kind].status < 500) return;
  const line = { ...idsOf(state), kind: error.kind, causes: causesOf(error.cause) };
  if (error.kind === 'internal_error') logger.error(line, 'unexpected error');
  else logger.warn(line, 'request failed');
}

/** Names, codes and places in the code: a foreign message may quote a document, a prompt or an address. */
function causesOf(error: unknown): object[] {
  const causes: object[] = [];
  for (let cause = error; cause instanceof Error && causes.length < 5; cause = cause.cause) {
    const frames = cause.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
    causes.push({ name: cause.name, ...('code' in cause && { code: cause.code }), at: frames.slice(0, 8) });
  }
  return causes;
}
