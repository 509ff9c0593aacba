import type { LibraryRecording } from '../../../../src/domain/answering/context/library-recording.ts';
import { tokensOfLines } from '../../../../src/domain/answering/context/shown-lines.ts';
import { withNames } from '../../../../src/domain/answering/context/speaker-places.ts';
import type { ShownTranscript, UnderstoodReference } from '../../../../src/domain/answering/context-reference.ts';
import { inOrder } from '../../../../src/domain/answering/question/scope-recording.ts';
import { liesIn } from '../../../../src/domain/answering/question/understand-question.ts';
import type { NewQuestion, PastTurn } from '../../../../src/domain/ask/message.ts';
import type { NewSession } from '../../../../src/domain/ask/session.ts';
import type { Chunk } from '../../../../src/domain/library/chunk.ts';
import type { RecordingId } from '../../../../src/domain/shared/ids.ts';
import { countTokens } from '../../../../src/domain/shared/tokens.ts';
import type { ReadableChunk } from '../../../../src/ports/library/library-store.ts';
import type { PassageRetriever } from '../../../../src/ports/library/passage-retriever.ts';
import { gatherScope } from '../../../../src/use-cases/answering/gather-scope.ts';
import { type EvalLibrary, recordingOf } from '../library.ts';
import type { Meeting } from '../meetings.ts';

/** Turns of a meeting that answer a question: its name, and the places of its segments. */
export type Gold = ReadonlyMap<string, ReadonlySet<number>>;

/** What the prompts to questions over one library would hold, without a model and a database. */
export interface EvalPrompts {
  promptTo(question: string, options: PromptOptions): Promise<EvalPrompt>;
}

export interface EvalPrompt {
  /** The share of the gold segments that are shown. */
  holds(gold: Gold): number;
  /** Which passages are shown, as text to compare. */
  shown: string;
  /** Names of the meetings that the question was taken to name, in order. */
  named: string[];
  /** Speakers that the question was taken to name. */
  speakers: string[];
}

export interface PromptOptions {
  /** What the context may have, in tokens. */
  budget: number;
  /** Earlier turns, oldest first. */
  history?: readonly Pick<PastTurn, 'question' | 'answer'>[];
  /** When it is asked, ISO 8601. */
  now?: string;
}

/** The day after the last meeting of most series, so that "last week" means something. */
const NOW = '2026-02-18T12:00:00.000Z';

export function evalPrompts(library: EvalLibrary, retriever: Pick<PassageRetriever, 'search'>): EvalPrompts {
  const chunks = library.chunks.map((chunk) => ({ ...chunk, tokens: tokensOfLines(chunk.lines, countTokens) }));
  const byId = new Map(chunks.map((chunk) => [chunk.id, chunk]));
  const recordings = inOrder(library.meetings.map((meeting) => outlineOf(library, meeting, chunks)));
  const session = sessionOver(library);
  const transcripts = {
    chunks: async (_: unknown, ids: readonly Chunk['id'][]) =>
      ids.flatMap((id) => {
        const chunk = byId.get(id);
        return chunk === undefined
          ? []
          : [{ ...chunk, recording: { transcriptionId: chunk.transcriptionId } } as ReadableChunk];
      }),
  };

  return {
    async promptTo(question, { budget, history = [], now = NOW }) {
      const recent = history.map((turn, place) => ({ ...turn, position: 2 * place }));
      const gathered = await gatherScope(
        { retriever, transcripts, countTokens, sessions: { recentTurns: async () => recent } },
        {
          session,
          question: questionOf(question),
          recordings,
          window: { window: 1_000_000, ratio: 1, maxOutputTokens: 4_096, contextTokens: budget, historyTokens: 16_000 },
          timezone: 'UTC',
          now,
        },
      );
      if (gathered === null) throw new Error(`no room for ${question}`);
      const { shown, understood } = gathered.reference;
      const namedRecordings = recordings.filter(({ id, recordedAt }) =>
        understood.some((each) => each.recordingIds?.includes(id) || isInWindow(recordedAt, each)),
      );
      return {
        holds: (gold) => shareShown(library, gold, shown, chunks),
        shown: JSON.stringify(shown),
        named: namedRecordings.map(({ id }) => meetingOf(library, id)),
        speakers: withNames(understood, recordings).flatMap(({ speakers = [] }) => speakers),
      };
    },
  };
}

function isInWindow(recordedAt: string | null, { recordedAfter, recordedBefore }: UnderstoodReference): boolean {
  const isWindow = recordedAfter !== undefined || recordedBefore !== undefined;
  return (
    isWindow &&
    liesIn({ recordedAt }, { ...(recordedAfter && { recordedAfter }), ...(recordedBefore && { recordedBefore }) })
  );
}

function shareShown(
  library: EvalLibrary,
  gold: Gold,
  shown: readonly ShownTranscript[],
  chunks: readonly Chunk[],
): number {
  let held = 0;
  let all = 0;
  for (const [name, segments] of gold) {
    const seen = segmentsShown(recordingOf(library, name).transcriptionId, shown, chunks);
    for (const segment of segments) if (seen.has(segment)) held++;
    all += segments.size;
  }
  return held / all;
}

function sessionOver({ tenant }: EvalLibrary): NewSession {
  const id = 'as_00000000000000000000000000' as const;
  return { id, ...tenant, scope: { type: 'library' }, title: 'Eval', recordingTitle: null, createdAt: NOW };
}

function questionOf(content: string): NewQuestion {
  const id = 'msg_00000000000000000000000000' as const;
  return { id, content, contextRefs: [], filters: {}, timezone: null, responseLanguage: null, createdAt: NOW };
}

function meetingOf(library: EvalLibrary, id: RecordingId): string {
  const found = library.meetings.find(({ name }) => recordingOf(library, name).recordingId === id);
  return found?.name ?? id;
}

function segmentsShown(
  id: Chunk['transcriptionId'],
  shown: readonly ShownTranscript[],
  chunks: readonly Chunk[],
): Set<number> {
  const own = shown.find(({ transcriptionId }) => transcriptionId === id);
  const isShown = ({ index }: Chunk) => own?.runs?.some(([first, last]) => index >= first && index <= last) ?? true;
  const seen = own === undefined ? [] : chunks.filter((chunk) => chunk.transcriptionId === id && isShown(chunk));
  return new Set(
    seen.flatMap(({ lines }) =>
      lines.flatMap(({ segments }) =>
        segments === null
          ? []
          : Array.from({ length: segments.last - segments.first + 1 }, (_, i) => segments.first + i),
      ),
    ),
  );
}

function outlineOf(library: EvalLibrary, meeting: Meeting, chunks: readonly Chunk[]): LibraryRecording {
  const { recordingId, transcriptionId } = recordingOf(library, meeting.name);
  const own = chunks.filter((chunk) => chunk.transcriptionId === transcriptionId);
  return {
    id: recordingId,
    title: meeting.title,
    recordedAt: meeting.startedAt,
    speakers: [...new Set(meeting.segments.flatMap(({ speaker }) => speaker ?? []))],
    durationMs: null,
    metadata: {},
    transcript: {
      id: transcriptionId,
      tokens: own.reduce((sum, { tokens }) => sum + (tokens ?? 0), 0),
      passages: own.length,
    },
  };
}
