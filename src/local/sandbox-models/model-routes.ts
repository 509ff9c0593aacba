import Router from '@koa/router';
import type { Context } from 'koa';
import { countTokens } from '../../domain/shared/tokens.ts';
import { delay } from './delay.ts';
import { extractiveAnswer } from './extractive-answer.ts';
import type { Fault, Faults } from './faults.ts';
import type { Chat, ChatReply, Protocol, StreamEvent } from './protocols/chat-protocol.ts';
import type { RecentRequests } from './recent-requests.ts';
import { piecesOf, sendStream } from './send-stream.ts';

/** The model endpoint of each protocol. It fails as told where a fault is pending. */
export function modelRoutes(protocols: Protocol[], faults: Faults, recent: RecentRequests): Router {
  const router = new Router();
  for (const protocol of protocols) {
    router.post(protocol.paths, async (ctx) => {
      if (!protocol.keyHeaders.some((name) => ctx.get(name))) return fail(ctx, protocol, 401, 'No API key was given.');
      const chat = readChat(protocol, ctx.request.body);
      if (!chat) return fail(ctx, protocol, 400, 'The request body is not valid.');
      const usage = recent.add(protocol.provider, chat);
      const fault = faults.take(protocol.provider);
      if (fault?.delay_ms && !(await delay(ctx, fault.delay_ms))) return recent.abandon(protocol.provider);
      const reply = replyTo(chat, usage, fault);
      ctx.set(fault?.headers ?? {});
      const writeStream = protocol.streaming(ctx.path, ctx.request.body);
      if (!writeStream || failsAtOnce(fault)) return answer(ctx, protocol, fault, reply);
      const stream = writeStream(reply, piecesOf(reply.text));
      if (!(await sendStream(ctx, stream, fault, failureIn(protocol, fault)))) recent.abandon(protocol.provider);
    });
  }
  return router;
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
  const whole = fault?.empty || finish === 'refusal' ? '' : saidBy(chat, fault);
  const text = finish === 'stop' ? whole : whole.slice(0, Math.ceil(whole.length / 2));
  const counted = fault?.counted === undefined ? usage : { input: fault.counted ?? 0, cached: 0 };
  return {
    text: fault?.thinking === 'marked' ? `<think>\n${THINKING}\n</think>\n\n${text}` : text,
    ...(fault?.thinking === 'apart' && { thinking: THINKING }),
    finish,
    tokens: fault?.counted === null ? null : { ...counted, output: countTokens(text) },
  };
}

const THINKING = 'The user asks something. Let me look at the lines.';

function saidBy(chat: Chat, fault: Fault | null): string {
  const extract = fault?.says ?? extractiveAnswer(chat);
  if (!fault?.markdown) return extract;
  const cell = extract.replaceAll('|', '\\|');
  return `## Answer\n\n- **Found**: ${extract}\n- Code: \`[^0-9]+\`\n\n> ${extract}\n\n| what | where |\n| --- | --- |\n| it | there |\n| ${cell} | here |\n`;
}

function answer(ctx: Context, protocol: Protocol, fault: Fault | null, reply: ChatReply): void {
  if (fault?.drop || fault?.truncate || fault?.stall) breakOff(ctx, fault, JSON.stringify(protocol.write(reply)));
  else if (fault?.malformed) respond(ctx, '<html>This is not JSON.</html>');
  else if (fault?.body !== undefined && fault.stream_error === undefined) respond(ctx, fault.body, fault.status);
  else if (fault?.status !== undefined) fail(ctx, protocol, fault.status, ASKED_FOR);
  else respond(ctx, protocol.write(reply));
}

/** Whether a fault replaces the stream from its beginning. */
function failsAtOnce(fault: Fault | null): boolean {
  return (
    fault?.drop === true ||
    fault?.status !== undefined ||
    (fault?.body !== undefined && fault.stream_error === undefined)
  );
}

/** The error in the middle of the stream, where one was asked for. */
function failureIn(protocol: Protocol, fault: Fault | null): StreamEvent | null {
  if (fault?.stream_error === undefined) return null;
  const body = fault.body ?? protocol.error(fault.stream_error, ASKED_FOR);
  return protocol.errorEvent(typeof body === 'string' ? body : JSON.stringify(body));
}

const ASKED_FOR = 'A fault was asked for.';

/** Bypasses Koa and sends half of the reply or nothing. */
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
