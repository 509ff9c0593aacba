import type { LibraryRecording } from '../../../src/domain/answering/context/library-recording.ts';
import { tokensOfLines } from '../../../src/domain/answering/context/shown-lines.ts';
import type { ShownTranscript } from '../../../src/domain/answering/context-reference.ts';
import { queriesFor } from '../../../src/domain/answering/question/follow-up.ts';
import { readQuestion } from '../../../src/domain/answering/question/read-question.ts';
import { inOrder } from '../../../src/domain/answering/question/scope-recording.ts';
import type { PastTurn } from '../../../src/domain/ask/message.ts';
import type { Chunk } from '../../../src/domain/library/chunk.ts';
import { countTokens } from '../../../src/domain/shared/tokens.ts';
import type { ReadableChunk } from '../../../src/ports/library/library-store.ts';
import type { PassageRetriever } from '../../../src/ports/library/passage-retriever.ts';
import { chooseContext } from '../../../src/use-cases/answering/choose-context.ts';
import { type EvalLibrary, recordingOf } from './library.ts';

/** Turns of a meeting that answer a question: its name, and the places of its segments. */
export type Gold = ReadonlyMap<string, ReadonlySet<number>>;

/** What the prompt to a question over one library would hold, without a model and a database. */
export interface EvalPrompts {
  /** @returns the share of the gold segments that are shown. */
  goldShown(question: string, gold: Gold, options: PromptOptions): Promise<number>;
}

export interface PromptOptions {
  budget: number;
  /** Earlier turns, oldest first. */
  history?: readonly Pick<PastTurn, 'question' | 'answer'>[];
}

/** The day after the last meeting, so that "last week" means something. */
const NOW = '2026-02-18T12:00:00.000Z';

export function evalPrompts(library: EvalLibrary, retriever: Pick<PassageRetriever, 'search'>): EvalPrompts {
  const chunks = library.chunks.map((chunk) => ({ ...chunk, tokens: tokensOfLines(chunk.lines, countTokens) }));
  const byId = new Map(chunks.map((chunk) => [chunk.id, chunk]));
  const recordings = inOrder(library.meetings.map((meeting) => outlineOf(library, meeting.name, chunks)));
  const sources = {
    retriever,
    countTokens,
    transcripts: {
      chunks: async (_: unknown, ids: readonly Chunk['id'][]) =>
        ids.flatMap((id) => {
          const chunk = byId.get(id);
          return chunk === undefined
            ? []
            : [{ ...chunk, recording: { transcriptionId: chunk.transcriptionId } } as ReadableChunk];
        }),
    },
  };

  return {
    async goldShown(question, gold, { budget, history = [] }) {
      const read = readQuestion(question, history, { recordings, now: NOW, timezone: 'UTC' });
      const { reference } = await chooseContext(sources, library.tenant, {
        recordings,
        filters: {},
        contextRefs: [],
        read,
        queries: queriesFor(question, history),
        budget,
      });
      let held = 0;
      let all = 0;
      for (const [name, segments] of gold) {
        const seen = segmentsShown(recordingOf(library, name).transcriptionId, reference.shown, chunks);
        for (const segment of segments) if (seen.has(segment)) held++;
        all += segments.size;
      }
      return held / all;
    },
  };
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

function outlineOf(library: EvalLibrary, name: string, chunks: readonly Chunk[]): LibraryRecording {
  const { recordingId, transcriptionId } = recordingOf(library, name);
  const meeting = library.meetings.find((each) => each.name === name);
  const own = chunks.filter((chunk) => chunk.transcriptionId === transcriptionId);
  return {
    id: recordingId,
    title: name,
    recordedAt: meeting?.startedAt ?? null,
    speakers: [...new Set(meeting?.segments.flatMap(({ speaker }) => speaker ?? []))],
    durationMs: null,
    metadata: {},
    transcript: {
      id: transcriptionId,
      tokens: own.reduce((sum, { tokens }) => sum + (tokens ?? 0), 0),
      passages: own.length,
    },
  };
}
