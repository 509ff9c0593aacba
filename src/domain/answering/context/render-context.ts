import type { Chunk } from '../../library/chunk.ts';
import type { Line } from '../../library/transcript-lines.ts';
import type { Digest } from '../../shared/digest.ts';
import type { ChunkId, RecordingId, SessionId, TranscriptionId } from '../../shared/ids.ts';
import { markersFor } from '../markers.ts';
import type { PromptLine, PromptLines } from '../prompt-line.ts';
import { asData } from '../prompt-text.ts';
import { shownLines } from './shown-lines.ts';

/** The part of a prompt that holds what was said, with the markers that a reply may cite. */
export interface PromptContext {
  text: string;
  targets: PromptLines;
  /** The chunk in which each line stands, by marker; empty for the transcript of one recording. */
  chunkIds: ReadonlyMap<string, ChunkId>;
}

/** One recording's part of a context. */
export interface ShownRecording {
  recordingId: RecordingId;
  transcriptionId: TranscriptionId;
  /** What stands above its lines. */
  heading: string;
  /** Chunks that follow each other, run by run, with the lines of theirs that are shown. */
  runs: readonly (readonly Pick<Chunk, 'id' | 'lines'>[])[];
}

/** Between two runs of a recording something is left out. */
const GAP = '…';

/** A whole transcript. */
export function transcriptContext(
  session: SessionId,
  recording: { id: RecordingId; transcriptionId: TranscriptionId; title: string | null },
  lines: readonly Line[],
  digest: Digest,
): PromptContext {
  const { id: recordingId, transcriptionId, title } = recording;
  const about = { recordingId, transcriptionId };
  const all = lines.map((line) => ({ line, key: keyOf(transcriptionId, line) }));
  const markers = markersFor(
    session,
    all.map(({ key }) => key),
    digest,
  );
  const marked = all.map(({ line }, i) => ({ line, marker: markers[i] as string }));
  const heading = title === null ? [] : [`Recording: ${asData(title)}`];
  return {
    text: delimited('transcript', [...heading, ...shownLines(marked)]),
    targets: new Map(marked.map(({ marker, line }) => [marker, { marker, ...about, ...line }])),
    chunkIds: new Map(),
  };
}

/** A catalogue of the recordings in scope, and what is shown of them. */
export function scopeContext(
  session: SessionId,
  catalogue: readonly string[],
  recordings: readonly ShownRecording[],
  digest: Digest,
): PromptContext {
  const keys = recordings.flatMap(({ transcriptionId, runs }) =>
    runs.flat().flatMap(({ lines }) => lines.map((line) => keyOf(transcriptionId, line))),
  );
  const markers = markersFor(session, keys, digest).values();
  const targets = new Map<string, PromptLine>();
  const chunkIds = new Map<string, ChunkId>();
  const shown: string[] = [];
  for (const { recordingId, transcriptionId, heading, runs } of recordings) {
    shown.push(heading);
    for (const [place, run] of runs.entries()) {
      if (place > 0) shown.push(GAP);
      const marked = run.flatMap(({ id, lines }) =>
        lines.map((line) => {
          const marker = markers.next().value as string;
          targets.set(marker, { marker, recordingId, transcriptionId, ...line });
          chunkIds.set(marker, id);
          return { line, marker };
        }),
      );
      shown.push(...shownLines(marked));
    }
  }
  const passages = shown.length > 0 ? shown : ['Nothing of these recordings is shown.'];
  const text = `${delimited('recordings', catalogue)}\n${delimited('passages', passages)}`;
  return { text, targets, chunkIds };
}

/** The same line has the same marker, whether it is shown in a run or in the whole transcript. */
function keyOf(transcriptionId: TranscriptionId, { startMs, segments }: Line): string {
  return `${transcriptionId}/${startMs}/${segments?.first ?? ''}`;
}

function delimited(tag: string, lines: readonly string[]): string {
  return [`<${tag}>`, ...lines, `</${tag}>`].join('\n');
}
