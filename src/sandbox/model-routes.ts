import { setTimeout } from 'node:timers/promises';
import Router from '@koa/router';
import type { Context } from 'koa';
import type { Chat, ChatReply, Protocol } from './chat.ts';
import { extractiveAnswer } from './extractive-answer.ts';
import type { Fault, Faults } from './faults.ts';
import { type RecentRequests, tokensIn } from './recent-requests.ts';

/** The model endpoint of each protocol, misbehaving where a fault is pending. */
export function modelRoutes(protocols: Protocol[], faults: Faults, recent: RecentRequests): Router {
  const router = new Router();
  for (const protocol of protocols) {
    router.post(protocol.path, async (ctx) => {
      if (!protocol.keyHeaders.some((name) => ctx.get(name))) return fail(ctx, protocol, 401, 'No API key was given.');
      const chat = readChat(protocol, ctx.request.body);
      if (!chat) return fail(ctx, protocol, 400, 'The request body is not valid.');
      const usage = recent.add(protocol.provider, chat);
      const fault = faults.take(protocol.provider);
      if (fault?.delay_ms && !(await waited(ctx, fault.delay_ms))) return recent.abandon(protocol.provider);
      const reply = replyTo(chat, usage, fault);
      if (fault) misbehave(ctx, protocol, fault, reply);
      else respond(ctx, protocol.write(reply));
    });
  }
  return router;
}

/** Waits as a slow model does. @returns false as soon as the client has given up. */
async function waited(ctx: Context, ms: number): Promise<boolean> {
  const gone = new AbortController();
  const leave = () => gone.abort();
  ctx.res.once('close', leave);
  try {
    return await setTimeout(ms, true, { signal: gone.signal });
  } catch {
    return false;
  } finally {
    ctx.res.off('close', leave);
  }
}

function readChat(protocol: Protocol, body: unknown): Chat | null {
  try {
    return protocol.read(body);
  } catch {
    return null;
  }
}

function replyTo(chat: Chat, usage: { input: number; cached: number }, fault: Fault | null): ChatReply {
  const finish = fault?.finish ?? 'stop';
  const whole = fault?.empty || finish === 'refusal' ? '' : extractiveAnswer(chat);
  const text = finish === 'stop' ? whole : whole.slice(0, Math.ceil(whole.length / 2));
  return { text, finish, tokens: { ...usage, output: tokensIn(text.length) } };
}

function misbehave(ctx: Context, protocol: Protocol, fault: Fault, reply: ChatReply): void {
  ctx.set(fault.headers ?? {});
  if (fault.drop || fault.truncate || fault.stall) breakOff(ctx, fault, JSON.stringify(protocol.write(reply)));
  else if (fault.malformed) respond(ctx, '<html>This is not JSON.</html>');
  else if (fault.body !== undefined) respond(ctx, fault.body, fault.status);
  else if (fault.status !== undefined)
    respond(ctx, protocol.error(fault.status, 'A fault was asked for.'), fault.status);
  else respond(ctx, protocol.write(reply));
}

/** Takes the reply out of Koa's hands, and sends none of it or half of it. */
function breakOff(ctx: Context, fault: Fault, body: string): void {
  ctx.respond = false;
  if (fault.drop) {
    ctx.req.socket.destroy();
    return;
  }
  ctx.res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  ctx.res.write(body.slice(0, body.length / 2), () => fault.truncate && ctx.req.socket.destroy());
}

function respond(ctx: Context, body: string | object, status = 200): void {
  ctx.status = status;
  ctx.type = 'json';
  ctx.body = body;
}

function fail(ctx: Context, protocol: Protocol, status: number, message: string): void {
  respond(ctx, protocol.error(status, message), status);
}
