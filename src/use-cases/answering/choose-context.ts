import { type Choice, choosePassages, inTiers, isShownWhole } from '../../domain/answering/context/choose-passages.ts';
import { isLeftBy, type LibraryRecording } from '../../domain/answering/context/library-recording.ts';
import type { ScopeReference, ShownTranscript } from '../../domain/answering/context-reference.ts';
import type { SearchTier } from '../../domain/answering/question/follow-ups/follow-up.ts';
import { liesIn, type UnderstoodQuestion } from '../../domain/answering/question/understand-question.ts';
import type { Filters } from '../../domain/ask/retrieval.ts';
import type { TraceCandidate } from '../../domain/ask/trace.ts';
import type { ChunkId, RecordingId, TranscriptionId } from '../../domain/shared/ids.ts';
import type { EndUserTenant } from '../../ports/library/passage-retriever.ts';
import { type ContextSources, type Found, findCandidates } from './find-candidates.ts';

export type Tier = Pick<SearchTier, 'queries' | 'until'> & {
  /** Whose passages come first in it. */
  speakers: readonly string[];
};

export interface ScopeQuestion {
  /** All of the scope, in order. */
  recordings: readonly LibraryRecording[];
  filters: Filters;
  contextRefs: readonly RecordingId[];
  /** What the question names among what the filters leave. */
  read: UnderstoodQuestion;
  /** What to search for, and for how much of the budget. */
  tiers: readonly Tier[];
  /** What the context may have, in tokens. */
  budget: number;
}

/** A list of more transcripts does not fit a history; they are searched. */
const MOST_WHOLE = 100;
const MOST_SOURCES = 20;
/** An index filters by so many recordings at most. */
const MOST_FILTERED = 100;

export interface Chosen {
  reference: Omit<ScopeReference, 'kind' | 'understood' | 'unknownSpeakers' | 'timezone' | 'readAt'>;
  /** What was considered; empty where nothing was searched. */
  candidates: TraceCandidate[];
}

/** What is shown of a library or a selection: all of it where it fits, else what fits the question best. */
export async function chooseContext(
  sources: ContextSources,
  tenant: EndUserTenant,
  question: ScopeQuestion,
): Promise<Chosen> {
  const { recordings, filters, contextRefs, budget } = question;
  const left = recordings.filter((recording) => isLeftBy(filters, recording));
  const leftIds = new Set(left.map(({ id }) => id));
  const ignoredRefs = contextRefs.filter((id) => !leftIds.has(id));
  const ready = left.flatMap((recording) =>
    recording.transcript === null ? [] : [{ ...recording, transcript: recording.transcript }],
  );
  const tokens = ready.reduce((sum, { transcript }) => sum + transcript.tokens, 0);
  const about = { recordingsInScope: recordings.length, ignoredRefs };
  if (tokens <= budget && ready.length <= MOST_WHOLE) {
    const shown = ready.map(({ transcript }) => ({ transcriptionId: transcript.id }));
    const passages = ready.reduce((sum, { transcript }) => sum + transcript.passages, 0);
    const complete = ready.length === left.length;
    const whole = { method: 'whole', complete, tokens, passages, shown, chunkIds: [], scores: [] } as const;
    return { reference: { ...about, ...whole, chunkIds: [], scores: [] }, candidates: [] };
  }
  const choice = await searched(sources, tenant, question, ready);
  const places = new Map(ready.map(({ transcript }, place) => [transcript.id, place]));
  const placeOf = (id: TranscriptionId) => places.get(id) ?? 0;
  const best = choice.passages.slice(0, MOST_SOURCES);
  return {
    reference: {
      ...about,
      method: 'passages',
      complete: false,
      tokens: choice.tokens,
      passages: passagesIn(choice.shown, ready),
      shown: choice.shown.toSorted((a, b) => placeOf(a.transcriptionId) - placeOf(b.transcriptionId)),
      chunkIds: best.map(({ id }) => id),
      scores: best.map(({ score }) => score),
    },
    candidates: choice.candidates,
  };
}

function passagesIn(shown: readonly ShownTranscript[], ready: readonly Ready[]): number {
  const whole = new Map(ready.map(({ transcript }) => [transcript.id, transcript.passages]));
  return shown.reduce((sum, { transcriptionId, runs }) => {
    const inRuns = runs?.reduce((count, [first, last]) => count + last - first + 1, 0);
    return sum + (inRuns ?? whole.get(transcriptionId) ?? 0);
  }, 0);
}

type Ready = LibraryRecording & { transcript: NonNullable<LibraryRecording['transcript']> };

async function searched(
  sources: ContextSources,
  tenant: EndUserTenant,
  { contextRefs, read, tiers, budget, filters, recordings }: ScopeQuestion,
  ready: readonly Ready[],
): Promise<Choice & Pick<Chosen, 'candidates'>> {
  const named = ready.filter((recording) => contextRefs.includes(recording.id) || isNamed(recording, read));
  const find = async (among: readonly Ready[], limit: number): Promise<Found> => {
    const recordingIds = among.map(({ id }) => id);
    const isNarrow = among.length < recordings.length && recordingIds.length <= MOST_FILTERED;
    const found = await Promise.all(
      tiers.map(({ queries, speakers }) =>
        findCandidates(sources, tenant, {
          queries,
          ...(isNarrow && { recordingIds }),
          among: new Set(among.map(({ transcript }) => transcript.id)),
          limit,
          only: filters.speakers,
          first: [...(filters.speakers ?? []), ...speakers],
        }),
      ),
    );
    const lists = found.map(({ passages }, place) => ({ passages, until: tiers[place]?.until ?? 1 }));
    return { passages: inTiers(lists, limit), candidates: found.flatMap(({ candidates }) => candidates) };
  };
  const transcripts = named.map(({ transcript }) => ({ transcriptionId: transcript.id, tokens: transcript.tokens }));
  const nothing: Found = { passages: [], candidates: [] };
  const [inNamed, inAll] = await Promise.all([
    isShownWhole(budget, transcripts) ? nothing : find(named, budget),
    find(ready, budget),
  ]);
  const choice = choosePassages(budget, { transcripts, passages: inNamed.passages }, inAll.passages);
  return { ...choice, candidates: tracedCandidates([...inNamed.candidates, ...inAll.candidates], choice) };
}

/** Each proposed passage once, best first, and what became of it. */
function tracedCandidates(proposed: readonly TraceCandidate[], { passages }: Choice): TraceCandidate[] {
  const taken = new Set(passages.map(({ id }) => id));
  const candidates = new Map<ChunkId, TraceCandidate>();
  for (const each of proposed) {
    const dropped = taken.has(each.chunkId) ? null : (each.dropped ?? 'budget');
    const before = candidates.get(each.chunkId);
    if (before === undefined || before.scores.fused < each.scores.fused)
      candidates.set(each.chunkId, { ...each, dropped });
  }
  return [...candidates.values()].sort((a, b) => b.scores.fused - a.scores.fused);
}

function isNamed(recording: LibraryRecording, { understood }: UnderstoodQuestion): boolean {
  return understood.some(
    (each) =>
      each.recordingIds?.includes(recording.id) ||
      ((each.recordedAfter !== undefined || each.recordedBefore !== undefined) && liesIn(recording, each)),
  );
}
