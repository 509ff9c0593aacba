import {
  type Choice,
  choosePassages,
  isShownWhole,
  type Passage,
} from '../../domain/answering/context/choose-passages.ts';
import { isLeftBy, type LibraryRecording, speaksAs } from '../../domain/answering/context/library-recording.ts';
import { tokensOfLines } from '../../domain/answering/context/shown-lines.ts';
import type { ScopeReference, ShownTranscript } from '../../domain/answering/context-reference.ts';
import { liesIn, type UnderstoodQuestion } from '../../domain/answering/question/understand-question.ts';
import type { Filters } from '../../domain/ask/retrieval.ts';
import type { RecordingId, TranscriptionId } from '../../domain/shared/ids.ts';
import type { ReadableChunk, TranscriptStore } from '../../ports/library/library-store.ts';
import type { EndUserTenant, PassageRetriever } from '../../ports/library/passage-retriever.ts';

export interface ContextSources {
  retriever: Pick<PassageRetriever, 'search'>;
  transcripts: Pick<TranscriptStore, 'chunks'>;
  countTokens(text: string): number;
}

export interface ScopeQuestion {
  /** All of the scope, in order. */
  recordings: readonly LibraryRecording[];
  filters: Filters;
  contextRefs: readonly RecordingId[];
  /** What the question names among what the filters leave. */
  read: UnderstoodQuestion;
  /** The wordings to search for. */
  queries: readonly string[];
  /** What the context may have, in tokens. */
  budget: number;
}

/** As many as an index gives at once: more than any budget holds. */
const CANDIDATES = 100;
/** A list of more transcripts does not fit a history; they are searched. */
const MOST_WHOLE = 100;
const MOST_SOURCES = 20;
/** An index filters by so many recordings at most. */
const MOST_FILTERED = 100;
/** Chunks are read while there is room for them, so many at a time. */
const READ_AT_ONCE = 25;

export type Chosen = Omit<ScopeReference, 'kind' | 'understood' | 'unknownSpeakers' | 'timezone' | 'readAt'>;

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
    return { ...about, method: 'whole', complete, tokens, passages, shown, chunkIds: [], scores: [] };
  }
  const choice = await searched(sources, tenant, question, ready);
  const places = new Map(ready.map(({ transcript }, place) => [transcript.id, place]));
  const placeOf = (id: TranscriptionId) => places.get(id) ?? 0;
  const best = choice.passages.slice(0, MOST_SOURCES);
  return {
    ...about,
    method: 'passages',
    complete: false,
    tokens: choice.tokens,
    passages: passagesIn(choice.shown, ready),
    shown: choice.shown.toSorted((a, b) => placeOf(a.transcriptionId) - placeOf(b.transcriptionId)),
    chunkIds: best.map(({ id }) => id),
    scores: best.map(({ score }) => score),
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
  { contextRefs, read, queries, budget, filters, recordings }: ScopeQuestion,
  ready: readonly Ready[],
): Promise<Choice> {
  const named = ready.filter((recording) => contextRefs.includes(recording.id) || isNamed(recording, read));
  const speakers = [...(filters.speakers ?? []), ...read.understood.flatMap((each) => each.speakers ?? [])];
  const find = async (among: readonly Ready[], limit: number) => {
    const ids = among.map(({ id }) => id);
    const isAll = among.length === recordings.length;
    const hits = await sources.retriever.search(tenant, {
      texts: queries,
      limit: CANDIDATES,
      ...(!isAll && ids.length <= MOST_FILTERED && { recordingIds: ids }),
    });
    const found = await passagesWithin(sources, tenant, hits, new Set(among.map(({ transcript }) => transcript.id)), {
      limit,
      only: filters.speakers,
    });
    return speakers.length > 0 ? spokenFirst(found, speakers) : found;
  };
  const transcripts = named.map(({ transcript }) => ({ transcriptionId: transcript.id, tokens: transcript.tokens }));
  const [inNamed, inAll] = await Promise.all([
    isShownWhole(budget, transcripts) ? [] : find(named, budget),
    find(ready, budget),
  ]);
  return choosePassages(budget, { transcripts, passages: inNamed }, inAll);
}

type Found = Passage & { speakers: (string | null)[] };

/** The text of hits decides how much room they take; what the database no longer has is left out. */
async function passagesWithin(
  { transcripts, countTokens }: ContextSources,
  tenant: EndUserTenant,
  hits: readonly { chunkId: ReadableChunk['id']; score: number }[],
  among: ReadonlySet<TranscriptionId>,
  { limit, only }: { limit: number; only: readonly string[] | undefined },
): Promise<Found[]> {
  const found: Found[] = [];
  let tokens = 0;
  for (let from = 0; from < hits.length && tokens < limit; from += READ_AT_ONCE) {
    const part = hits.slice(from, from + READ_AT_ONCE);
    const chunks = await transcripts.chunks(
      tenant,
      part.map(({ chunkId }) => chunkId),
    );
    const scores = new Map(part.map(({ chunkId, score }) => [chunkId, score]));
    for (const chunk of chunks) {
      if (!among.has(chunk.transcriptionId) || chunk.recording.transcriptionId !== chunk.transcriptionId) continue;
      const passage = passageOf(chunk, scores.get(chunk.id) ?? 0, only, countTokens);
      if (passage.tokens === 0) continue;
      found.push(passage);
      tokens += passage.tokens;
    }
  }
  return found;
}

function passageOf(
  { id, transcriptionId, index, lines, tokens }: ReadableChunk,
  score: number,
  only: readonly string[] | undefined,
  countTokens: (text: string) => number,
): Found {
  const shown = only === undefined ? lines : lines.filter(({ speaker }) => speaksAs(only)(speaker));
  const size = only === undefined && tokens !== null ? tokens : tokensOfLines(shown, countTokens);
  return { id, transcriptionId, index, tokens: size, score, speakers: shown.map(({ speaker }) => speaker) };
}

/** Passages in which one of these people speaks, before the others. */
function spokenFirst(passages: readonly Found[], names: readonly string[]): Found[] {
  const speaks = speaksAs(names);
  const isSpoken = ({ speakers }: Found) => speakers.some(speaks);
  return [...passages.filter(isSpoken), ...passages.filter((passage) => !isSpoken(passage))];
}

function isNamed(recording: LibraryRecording, { understood }: UnderstoodQuestion): boolean {
  return understood.some(
    (each) =>
      each.recordingIds?.includes(recording.id) ||
      ((each.recordedAfter !== undefined || each.recordedBefore !== undefined) && liesIn(recording, each)),
  );
}
