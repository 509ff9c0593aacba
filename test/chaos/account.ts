import { z } from 'zod';
import { message } from '../../src/http/ask/schemas/ask-schemas.ts';
import { type ChaosClient, got } from './client.ts';
import type { Conversation, Question } from './load.ts';

/** What became of every request, read back out of the sessions. */
export interface Account {
  sessions: number;
  requests: number;
  answered: number;
  /** Requests that ended with an error that says not to repeat them. */
  refused: number;
  replayed: number;
  /** Attempts that failed and were sent again, by wire code. */
  errors: Record<string, number>;
  /** Requests without an end, and answers that a client was given and that do not stand in its session. */
  lost: number;
  doubledMessages: number;
  doubledAnswers: number;
  /** Sessions whose messages are not each question and its answer in the order of asking. */
  disordered: number;
}

type Message = z.output<typeof message>;

const page = z.object({ data: z.array(message), has_more: z.boolean(), next_cursor: z.string().nullable() });

export async function accountFor(client: ChaosClient, conversations: readonly Conversation[]): Promise<Account> {
  const account: Account = {
    ...{ sessions: conversations.length, requests: 0, answered: 0, refused: 0, replayed: 0, errors: {} },
    ...{ lost: 0, doubledMessages: 0, doubledAnswers: 0, disordered: 0 },
  };
  for (const { sessionId, questions } of conversations) {
    for (const question of questions) count(account, question);
    if (sessionId !== null) compare(account, questions, await messagesOf(client, sessionId));
  }
  return account;
}

function count(account: Account, { answer, errors, replayed }: Question): void {
  account.requests++;
  for (const error of errors) account.errors[error] = (account.errors[error] ?? 0) + 1;
  if (replayed) account.replayed++;
  if (answer !== null) account.answered++;
  else if (/^4/.test(errors.at(-1) ?? '')) account.refused++;
  else account.lost++;
}

function compare(account: Account, questions: readonly Question[], messages: readonly Message[]): void {
  const asked = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
  const answers: string[] = messages.filter(({ role }) => role === 'assistant').map(({ id }) => id);
  const given = questions.flatMap(({ answer }) => answer ?? []);
  account.lost += given.filter(({ id }) => !answers.includes(id)).length;
  account.doubledMessages += asked.length - new Set(asked).size;
  account.doubledAnswers += Math.max(0, answers.length - asked.length) + answers.length - new Set(answers).size;
  const expected = questions.flatMap(({ content, answer }) => [content, ...(answer === null ? [] : [answer.content])]);
  const stands = messages.map(({ content }) => content);
  if (JSON.stringify(stands) !== JSON.stringify(expected)) account.disordered++;
}

async function messagesOf(client: ChaosClient, sessionId: string): Promise<Message[]> {
  const all: Message[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const { data, next_cursor } = await got(
      client.get(`/v1/ask/sessions/${sessionId}/messages?limit=100${query}`),
      page,
    );
    all.push(...data);
    cursor = next_cursor;
  }
  return all;
}
