import { narrowToEndUser, type Tenant } from '../../domain/access/tenant.ts';
import type { PromptTrace } from '../../domain/answering/context/prompt-trace.ts';
import { withPlaces } from '../../domain/answering/context/speaker-places.ts';
import type { ContextReference } from '../../domain/answering/context-reference.ts';
import { withoutThinking } from '../../domain/answering/models/thinking.ts';
import { asWords, rulesFor } from '../../domain/answering/prompt-text.ts';
import { stripCitations } from '../../domain/answering/reply/citations.ts';
import { isQuestion, type UserMessage } from '../../domain/ask/message.ts';
import type { Retrieval } from '../../domain/ask/retrieval.ts';
import type { Session } from '../../domain/ask/session.ts';
import type { PromptPart } from '../../domain/ask/trace.ts';
import { AskError } from '../../domain/shared/errors.ts';
import { answerIdOf } from '../../domain/shared/ids.ts';
import type { PromptContexts, Scopes } from '../../ports/ask/context-loading.ts';
import type { SessionStore } from '../../ports/ask/session-store.ts';

interface PromptDependencies {
  sessions: Pick<SessionStore, 'listMessages'>;
  scopes: Pick<Scopes, 'load'>;
  contexts: PromptContexts;
}

interface PromptToRender {
  session: Session;
  question: UserMessage;
  prompt: PromptTrace;
  read: Pick<Retrieval, 'understood' | 'unknownSpeakers'>;
}

/** The texts of a prompt that was sent, made again from what still stands; what is gone is left out. */
export async function renderPrompt(
  deps: PromptDependencies,
  tenant: Tenant,
  { session, question, prompt, read }: PromptToRender,
): Promise<Partial<Record<PromptPart, string>>> {
  const reference = await standingPart(deps, session, { ...prompt, read });
  const [context, history] = await Promise.all([
    deps.contexts.load(session, reference, question, prompt.catalogueTokens).catch(nullWhenGone),
    historyText(deps.sessions, tenant, session, prompt.history),
  ]);
  return {
    rules: rulesFor(session.scope.type),
    ...(context && { context: context.text, notes: context.notes }),
    history,
    question: asWords(question.content),
  };
}

/** The context as it was, without transcripts that were deleted or replaced since. */
async function standingPart(
  { scopes }: PromptDependencies,
  session: Session,
  { context, read }: { context: PromptTrace['context']; read: PromptToRender['read'] },
): Promise<ContextReference> {
  if (context.kind === 'transcript') return context;
  const recordings = await scopes.load(session);
  const standing = new Set(recordings.map(({ transcript }) => transcript?.id));
  const understood = withPlaces(read.understood, recordings);
  const { unknownSpeakers } = read;
  const shown = context.shown.filter(({ transcriptionId }) => standing.has(transcriptionId));
  return { ...context, shown, understood, unknownSpeakers, chunkIds: [], scores: [] };
}

/** @param positions of the questions, in order */
async function historyText(
  sessions: PromptDependencies['sessions'],
  tenant: Tenant,
  session: Session,
  positions: readonly number[],
): Promise<string> {
  const [first] = positions;
  const last = positions.at(-1);
  if (first === undefined || last === undefined) return '';
  // An answer stands behind its question, and so do questions that were never answered.
  const page = { limit: session.messageCount - first + 1, after: first - 1 };
  const { items } = await sessions.listMessages(narrowToEndUser(tenant, session.endUserId), session.id, page);
  const answers = new Map(items.flatMap((message) => (isQuestion(message) ? [] : [[message.id, message]])));
  const turns = items.filter(isQuestion).filter(({ position }) => positions.includes(position));
  return turns
    .map(({ id, content }) => {
      const answer = answers.get(answerIdOf(id));
      return `${asWords(content)}\n\n${answer ? asWords(withoutThinking(stripCitations(answer.parts))) : ''}`;
    })
    .join('\n\n');
}

function nullWhenGone(error: unknown): null {
  if (error instanceof AskError && (error.kind === 'context_changed' || error.kind === 'not_found')) return null;
  throw error;
}
