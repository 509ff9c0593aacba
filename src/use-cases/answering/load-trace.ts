import type { Tenant } from '../../domain/access/tenant.ts';
import { isLeftBy } from '../../domain/answering/context/library-recording.ts';
import type { PromptTrace } from '../../domain/answering/context/prompt-trace.ts';
import { queriesFor } from '../../domain/answering/question/follow-ups/follow-up.ts';
import { readQuestion } from '../../domain/answering/question/follow-ups/read-question.ts';
import type { Retrieval } from '../../domain/ask/retrieval.ts';
import type { Session } from '../../domain/ask/session.ts';
import { PROMPT_PARTS, type TraceCandidate, type TurnTrace } from '../../domain/ask/trace.ts';
import type { Turn } from '../../domain/ask/turn.ts';
import type { ProjectStore } from '../../ports/access/key-store.ts';
import type { PromptContexts, Scopes } from '../../ports/ask/context-loading.ts';
import type { QuestionWithHistory, SessionStore } from '../../ports/ask/session-store.ts';
import type { TraceStore } from '../../ports/ask/trace-store.ts';
import { renderPrompt } from './render-prompt.ts';

export interface TraceDependencies {
  sessions: Pick<SessionStore, 'findQuestion' | 'findAnswer' | 'listMessages'>;
  traces: Pick<TraceStore, 'findCandidates' | 'findPrompt'>;
  projects: Pick<ProjectStore, 'find'>;
  scopes: Pick<Scopes, 'load'>;
  contexts: PromptContexts;
}

type ReadBy = Pick<TurnTrace, 'queries' | 'filters' | 'understood' | 'unknownSpeakers'>;

/** How a turn came to its answer or, where it has none, as far as it came. @param withText whether prompts may be seen */
export async function loadTrace(
  deps: TraceDependencies,
  tenant: Tenant,
  { session, turn, withText }: { session: Session; turn: Turn; withText: boolean },
): Promise<TurnTrace> {
  const [candidates, prompt, answer, asked] = await Promise.all([
    deps.traces.findCandidates(tenant, session.id, turn.id),
    deps.traces.findPrompt(tenant, session.id, turn),
    deps.sessions.findAnswer(tenant, session.id, turn.messageId),
    deps.sessions.findQuestion(tenant, session.id, turn.messageId),
  ]);
  const read = answer?.retrieval ?? (await readAgain(deps, session, { turn, asked, candidates }));
  const { queries, filters, understood, unknownSpeakers } = read;
  const about = { queries, filters, understood, unknownSpeakers, candidates };
  if (prompt === null || asked === null) return { ...about, prompt: [], markers: null };
  const texts = withText ? await renderPrompt(deps, tenant, { session, question: asked.question, prompt, read }) : {};
  return { ...about, prompt: partsOf(prompt, texts), markers: prompt.markers };
}

function partsOf({ tokens }: PromptTrace, texts: Awaited<ReturnType<typeof renderPrompt>>): TurnTrace['prompt'] {
  return PROMPT_PARTS.map((part) => ({ part, tokens: tokens[part], text: texts[part] ?? null }));
}

/** A turn without an answer keeps no words: its question is read again, as of when the turn began. */
async function readAgain(
  deps: TraceDependencies,
  session: Session,
  { turn, asked, candidates }: { turn: Turn; asked: QuestionWithHistory | null; candidates: readonly TraceCandidate[] },
): Promise<ReadBy> {
  const project = await deps.projects.find(session.projectId);
  const timezone = asked?.question.timezone ?? project?.timezone ?? 'UTC';
  if (asked === null) return { queries: [], filters: { timezone }, understood: [], unknownSpeakers: [] };
  const { content, filters, position } = asked.question;
  const history = asked.recent.filter((past) => past.position < position);
  const recordings = session.scope.type === 'recording' ? [] : await deps.scopes.load(session);
  const left = recordings.filter((recording) => isLeftBy(filters, recording));
  const read: Pick<Retrieval, 'understood' | 'unknownSpeakers'> =
    session.scope.type === 'recording'
      ? { understood: [], unknownSpeakers: [] }
      : readQuestion(content, history, { recordings: left, now: turn.createdAt, timezone });
  const queries = candidates.length === 0 ? [] : [...new Set(queriesFor(content, history))];
  return { queries, filters: { ...filters, timezone }, ...read };
}
