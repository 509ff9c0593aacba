import { setTimeout as sleep } from 'node:timers/promises';
import { askResult } from '../../src/http/ask/schemas/ask-schemas.ts';
import type { ChaosClient, Reply } from './client.ts';

/** What one request came to, over all its attempts. */
export interface Question {
  content: string;
  /** The answer as the client was given it; null when it got none. */
  answer: { id: string; content: string } | null;
  /** The wire codes of the attempts that failed, in order. */
  errors: string[];
  replayed: boolean;
}

export interface Conversation {
  /** Null when not even the first question was answered. */
  sessionId: string | null;
  questions: Question[];
}

export interface LoadOptions {
  /** Clients that ask at once. Each asks one question after another. */
  clients: number;
  /** The pause of a client between an answer and its next question. */
  thinkMs: number;
  /** After so many questions a client opens a new session. */
  questionsPerSession: number;
  /** Where the sessions ask, in turn: fields of *create session*. */
  places: readonly object[];
}

export interface Load {
  /** When each answer came whose request was sent, or sent again, after `since` (milliseconds since 1970). */
  answersSince(since: number): number[];
  /** Lets every open question come to its end, and gives the account. */
  finish(): Promise<Conversation[]>;
}

/** Waits between the attempts of one question. */
const PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 1_000;
/** A question that has no end after this many attempts is lost. */
const MAX_ATTEMPTS = 300;
const FINAL = new Set([400, 401, 403, 404, 409, 413, 422]);

/** Clients that ask steadily, each question with its own Idempotency-Key, sent again until it has an end. */
export function startLoad(client: ChaosClient, options: LoadOptions): Load {
  const conversations: Conversation[] = [];
  const answers: { sent: number; came: number }[] = [];
  let over = false;

  async function ask(conversation: Conversation, number: number, place: object): Promise<void> {
    const content = `Question ${number} of talk ${conversations.indexOf(conversation)}: when is the launch?`;
    const question: Question = { content, answer: null, errors: [], replayed: false };
    conversation.questions.push(question);
    const key = crypto.randomUUID();
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const sent = Date.now();
      const reply = await send(conversation.sessionId, content, key, place);
      if (reply.error === null) {
        const { session_id, message } = askResult.parse(reply.body);
        Object.assign(question, { answer: { id: message.id, content: message.content }, replayed: reply.replayed });
        conversation.sessionId = session_id;
        answers.push({ sent, came: Date.now() });
        return;
      }
      question.errors.push(`${reply.status ?? ''} ${reply.error}`.trim());
      if (reply.status !== null && FINAL.has(reply.status)) return;
      await sleep(Math.min(Math.max(reply.retryAfterMs, PAUSE_MS), LONGEST_PAUSE_MS));
    }
  }

  function send(sessionId: string | null, content: string, key: string, place: object): Promise<Reply> {
    if (sessionId !== null) return client.post(`/v1/ask/sessions/${sessionId}/messages`, { content }, key);
    return client.post('/v1/ask/sessions', { ...place, initial_message: { content } }, key);
  }

  async function run(first: number): Promise<void> {
    for (let talk = first; !over; talk++) {
      const conversation: Conversation = { sessionId: null, questions: [] };
      conversations.push(conversation);
      const place = options.places[talk % options.places.length] ?? {};
      for (let number = 0; number < options.questionsPerSession && !over; number++) {
        await ask(conversation, number, place);
        // Without a session there is nothing to go on with.
        if (conversation.sessionId === null) break;
        await sleep(options.thinkMs);
      }
    }
  }

  const running = Array.from({ length: options.clients }, (_, i) => run(i));
  return {
    answersSince: (since) => answers.filter(({ sent }) => sent >= since).map(({ came }) => came),
    async finish() {
      over = true;
      await Promise.all(running);
      return conversations;
    },
  };
}
