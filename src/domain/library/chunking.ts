import type { Owned } from '../access/tenant.ts';
import type { Digest } from '../shared/digest.ts';
import { type ChunkId, idFromBytes, type RecordingId, type TranscriptionId } from '../shared/ids.ts';
import { wordsIn } from '../shared/words.ts';
import type { Chunk } from './chunk.ts';
import type { Segment } from './transcript.ts';
import { inPieces, type Line, linesOfPlaced, type PlacedSegment } from './transcript-lines.ts';

/** Whose transcript is cut, and when its recording was started. */
export interface ChunkOwner extends Owned {
  recordingId: RecordingId;
  transcriptionId: TranscriptionId;
  /** ISO 8601; null where unknown. */
  recordedAt: string | null;
}

/**
 * Words at which a chunk is full. Measured with `npm run eval`: at an equal budget of words 180 to 350 found the same
 * share of the gold turns; 250 needs the fewest passages for it.
 */
const FULL_WORDS = 250;
/** A segment that would make a chunk longer than this starts the next one. */
const MOST_WORDS = FULL_WORDS * 1.25;
/** Fewer words than this never stand alone: they say too little to be found by, or to be understood. */
const FEWEST_WORDS = 40;

/** Cuts a transcript that comes in parts, each when it is given. */
export interface TranscriptCutter {
  /** The next segments in order. @returns the chunks that are complete with them */
  add(segments: Iterable<Segment>): Generator<Chunk>;
  /** The chunks that are left at the end. */
  end(): Generator<Chunk>;
}

/** The chunks of a transcript that is there whole. */
export function* chunkTranscript(segments: readonly Segment[], owner: ChunkOwner, digest: Digest): Generator<Chunk> {
  const cutter = transcriptCutter(owner, digest);
  yield* cutter.add(segments);
  yield* cutter.end();
}

/**
 * Cuts a transcript into runs of whole segments, and a segment that is too long for a chunk into several. The same
 * transcript always gives the same chunks with the same ids, in whatever parts it comes. Their tokens are left to be
 * counted.
 */
export function transcriptCutter(owner: ChunkOwner, digest: Digest): TranscriptCutter {
  let before: PlacedSegment[] = [];
  let run: PlacedSegment[] = [];
  let words = 0;
  let place = 0;
  let index = 0;
  return {
    *add(segments) {
      for (const segment of segments) {
        for (const piece of inPieces(segment, FULL_WORDS, MOST_WORDS)) {
          const more = wordsIn(piece.text);
          if (words >= FULL_WORDS || (words >= FEWEST_WORDS && words + more > MOST_WORDS)) {
            if (before.length > 0) yield chunkOf(before, index++, owner, digest);
            before = run;
            run = [];
            words = 0;
          }
          run.push({ ...segment, ...piece, place });
          words += more;
        }
        place++;
      }
    },
    *end() {
      const endings = words < FEWEST_WORDS ? [[...before, ...run]] : [before, run];
      for (const ending of endings) if (ending.length > 0) yield chunkOf(ending, index++, owner, digest);
    },
  };
}

/** The id of the chunk at a place in a transcript. */
export function chunkIdOf(transcriptionId: TranscriptionId, index: number, digest: Digest): ChunkId {
  return idFromBytes('chk', digest(`${transcriptionId}/${index}`));
}

function chunkOf(run: readonly PlacedSegment[], index: number, owner: ChunkOwner, digest: Digest): Chunk {
  const { projectId, mode, endUserId, recordingId, transcriptionId, recordedAt } = owner;
  const lines = [...linesOfPlaced(run)];
  return {
    id: chunkIdOf(transcriptionId, index, digest),
    projectId,
    mode,
    endUserId,
    recordingId,
    transcriptionId,
    index,
    text: labelLines(lines),
    lines,
    tokens: null,
    speaker: mainSpeaker(lines),
    startMs: Math.min(...run.map((line) => line.startMs)),
    endMs: Math.max(...run.map((line) => line.endMs)),
    recordedAt,
  };
}

/** `Ana: …`, once for each time that a speaker takes the word, or line by line where nobody is named. */
function labelLines(run: readonly Line[]): string {
  const turns: string[] = [];
  let before: string | null | undefined;
  for (const { speaker, text } of run) {
    if (speaker !== null && speaker === before) turns.push(`${turns.pop()} ${text}`);
    else turns.push(speaker === null ? text : `${speaker.replace(/\s+/g, ' ')}: ${text}`);
    before = speaker;
  }
  return turns.join('\n');
}

function mainSpeaker(run: readonly Line[]): string | null {
  const words = new Map<string | null, number>();
  for (const { speaker, text } of run) words.set(speaker, (words.get(speaker) ?? 0) + wordsIn(text));
  const [main] = [...words].sort(([, a], [, b]) => b - a);
  return main?.[0] ?? null;
}
