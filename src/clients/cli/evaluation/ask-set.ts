import type { Provider } from '../../../domain/shared/provider.ts';
import type { ApiClient } from '../../sdk/api-client.ts';
import { ApiError } from '../../sdk/api-error.ts';
import type { AskResult } from '../../sdk/wire-types.ts';
import { Conversation } from '../ask/conversation.ts';
import { CliError } from '../lib/failure.ts';
import type { QuestionSet, SetQuestion } from './question-set.ts';

/** A question of a set, and what the instance made of it. */
export interface Asked {
  question: SetQuestion;
  /** Null where it failed. */
  result: AskResult | null;
  /** The code of the failure. */
  failure: string | null;
  latencyMs: number;
}

export interface AskOptions {
  endUserId: string | null;
  provider: Provider;
  /** Told of each question that has been asked. */
  onAsked(asked: Asked): void;
}

/** Asks one question after another, so that none waits for another one's answer. */
export async function askSet(client: ApiClient, set: QuestionSet, options: AskOptions): Promise<Asked[]> {
  const ids = await recordingIds(client, options.endUserId);
  const conversations = new Map<string, Conversation>();
  const all: Asked[] = [];
  for (const question of set.questions) {
    const earlier = question.follows === undefined ? undefined : conversations.get(question.follows);
    const conversation = earlier ?? new Conversation(client, placeOf(question, ids, options), options.provider);
    conversations.set(question.id, conversation);
    const asked = await askOne(conversation, question);
    options.onAsked(asked);
    all.push(asked);
  }
  return all;
}

async function askOne(conversation: Conversation, question: SetQuestion): Promise<Asked> {
  const start = performance.now();
  const taken = () => Math.round(performance.now() - start);
  try {
    const result = await conversation.ask(question.question);
    return { question, result, failure: null, latencyMs: taken() };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { question, result: null, failure: error.code, latencyMs: taken() };
  }
}

function placeOf({ recordings }: SetQuestion, ids: ReadonlyMap<string, `rec_${string}`>, { endUserId }: AskOptions) {
  const owner = endUserId === null ? {} : { end_user_id: endUserId as `eu_${string}` };
  if (recordings === undefined) return { scope: { type: 'library' as const }, ...owner };
  const recording_ids = recordings.map((name) => idOf(name, ids));
  return { scope: { type: 'selected' as const, recording_ids }, ...owner };
}

/** @throws CliError when no recording has this name */
function idOf(name: string, ids: ReadonlyMap<string, `rec_${string}`>): `rec_${string}` {
  const id = ids.get(name);
  if (id === undefined)
    throw new CliError(`The set asks about the recording “${name}”, and nobody has one of that name.`);
  return id;
}

/** The recordings of an end user by their names. */
export async function recordingIds(client: ApiClient, endUserId: string | null): Promise<Map<string, `rec_${string}`>> {
  const ids = new Map<string, `rec_${string}`>();
  const owner = endUserId === null ? '' : `&end_user_id=${endUserId}`;
  for (let cursor = ''; ; ) {
    const page = await client.recordings(`limit=100${owner}${cursor}`);
    for (const { id, name } of page.data) if (name !== null) ids.set(name, id);
    if (page.next_cursor === null) return ids;
    cursor = `&cursor=${encodeURIComponent(page.next_cursor)}`;
  }
}
