import { narrowToEndUser } from '../../domain/access/tenant.ts';
import { isLeftBy, type LibraryRecording } from '../../domain/answering/context/library-recording.ts';
import { LEAST_CONTEXT, planWindow, type WindowSettings } from '../../domain/answering/context/plan-window.ts';
import { withPlaces } from '../../domain/answering/context/speaker-places.ts';
import type { ScopeReference } from '../../domain/answering/context-reference.ts';
import { rulesFor } from '../../domain/answering/prompt-text.ts';
import { isFollowUp, searchTiers } from '../../domain/answering/question/follow-ups/follow-up.ts';
import { readQuestion } from '../../domain/answering/question/follow-ups/read-question.ts';
import { understandQuestion } from '../../domain/answering/question/understand-question.ts';
import type { NewQuestion } from '../../domain/ask/message.ts';
import type { NewSession } from '../../domain/ask/session.ts';
import type { TraceCandidate } from '../../domain/ask/trace.ts';
import type { SessionStore } from '../../ports/ask/session-store.ts';
import { chooseContext } from './choose-context.ts';
import type { ContextSources } from './find-candidates.ts';

export interface ScopeToGather {
  session: NewSession;
  question: NewQuestion;
  /** All of the scope, in order. */
  recordings: readonly LibraryRecording[];
  /** The smallest window among the models that may answer. */
  window: WindowSettings;
  timezone: string;
  /** ISO 8601. */
  now: string;
}

export interface GatheredScope {
  reference: ScopeReference;
  /** What was considered; empty where nothing was searched. */
  candidates: TraceCandidate[];
}

/** What stands beside a question besides its words. */
const NOTES = 200;

/**
 * Decides what a question to a library or a selection is answered from.
 * @returns null where the question leaves no room for it
 */
export async function gatherScope(
  deps: ContextSources & { sessions: Pick<SessionStore, 'recentTurns'> },
  { session, question, recordings, window, timezone, now }: ScopeToGather,
): Promise<GatheredScope | null> {
  const { countTokens } = deps;
  const { content, filters, contextRefs } = question;
  const plan = planWindow(window, {
    rules: countTokens(rulesFor(session.scope.type)),
    question: countTokens(content) + NOTES,
  });
  if (plan.context < LEAST_CONTEXT) return null;
  const tenant = narrowToEndUser(session, session.endUserId);
  const history = isFollowUp(content) ? await deps.sessions.recentTurns(tenant, session.id) : [];
  const left = recordings.filter((recording) => isLeftBy(filters, recording));
  const read = readQuestion(content, history, { recordings: left, now, timezone });
  const { reference, candidates } = await chooseContext(deps, tenant, {
    recordings,
    filters,
    contextRefs: [...new Set(contextRefs.map(({ id }) => id))],
    read,
    tiers: searchTiers(content, history).map(({ question: asked, queries, until }) => {
      const { understood } = understandQuestion(asked, { recordings: left, now, timezone });
      return { queries, until, speakers: understood.flatMap(({ speakers = [] }) => speakers) };
    }),
    budget: plan.context,
  });
  const understood = withPlaces(read.understood, left);
  return { reference: { kind: 'scope', ...reference, ...read, understood, timezone, readAt: now }, candidates };
}
