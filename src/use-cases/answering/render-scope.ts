import { narrowToEndUser } from '../../domain/access/tenant.ts';
import { catalogueLines, type Extent, titleOf } from '../../domain/answering/context/catalogue.ts';
import { type LibraryRecording, speaksAs } from '../../domain/answering/context/library-recording.ts';
import {
  type PromptContext,
  type ShownRecording,
  scopeContext,
} from '../../domain/answering/context/render-context.ts';
import type { ScopeReference, ShownTranscript } from '../../domain/answering/context-reference.ts';
import type { Filters } from '../../domain/ask/retrieval.ts';
import type { Session } from '../../domain/ask/session.ts';
import type { Chunk } from '../../domain/library/chunk.ts';
import { chunkIdOf, chunkTranscript } from '../../domain/library/chunking.ts';
import type { Source } from '../../domain/library/source.ts';
import type { Digest } from '../../domain/shared/digest.ts';
import type { ChunkId, RecordingId, TranscriptionId } from '../../domain/shared/ids.ts';
import type { Scopes } from '../../ports/ask/context-loading.ts';
import type { RecordingStore, TranscriptStore } from '../../ports/library/library-store.ts';
import type { EndUserTenant } from '../../ports/library/passage-retriever.ts';
import { asSources, sourceOf } from '../library/find-passages.ts';
import { contextChanged, standingSegments } from './standing-segments.ts';

export interface ContextDependencies {
  recordings: RecordingStore;
  transcripts: TranscriptStore;
  scopes: Scopes;
  digest: Digest;
  countTokens(text: string): number;
}

export interface ScopeToRender {
  session: Session;
  reference: ScopeReference;
  /** All of the scope, in order. */
  recordings: readonly LibraryRecording[];
  /** Those that the filters leave. */
  left: readonly LibraryRecording[];
  filters: Filters;
  catalogueTokens: number;
}

type RenderedScope = PromptContext & { sources: Source[]; sourceOf(marker: string): Source | null };

/**
 * The catalogue of a scope and what is shown of it.
 * @param keep remembers what was rendered under a key
 * @throws AskError `context_changed` when something that is shown was deleted or replaced
 */
export async function renderScope(
  deps: ContextDependencies,
  scope: ScopeToRender,
  keep: (key: string, render: () => Promise<PromptContext>) => Promise<PromptContext>,
): Promise<RenderedScope> {
  const { session, reference, filters } = scope;
  const tenant = narrowToEndUser(session, session.endUserId);
  const catalogue = catalogueOf(deps, scope);
  const places = new Map(scope.recordings.map((recording, place) => [recording.transcript?.id, { recording, place }]));
  const inRuns = await chunksInRuns(deps, tenant, reference.shown);
  const shown = await Promise.all(
    reference.shown.map(async (each) => {
      const found = places.get(each.transcriptionId);
      if (found === undefined) throw contextChanged();
      const runs = each.runs
        ? runsOf(each.runs, inRuns.get(each.transcriptionId) ?? [])
        : await wholeTranscript(deps, tenant, each.transcriptionId, found.recording);
      return { ...found, runs: spokenBy(runs, filters.speakers) };
    }),
  );
  const render = async () =>
    scopeContext(
      session.id,
      catalogue,
      shown.flatMap(({ recording, place, runs }) => shownOf(recording, place, runs)),
      deps.digest,
    );
  const ids = shown.flatMap(({ runs }) => runs.map((run) => `${run[0]?.id}-${run.at(-1)?.id}`));
  const key = JSON.stringify([session.id, catalogue, ids, filters.speakers ?? []]);
  const context = reference.method === 'whole' ? await keep(key, render) : await render();
  const chunks = new Map(shown.flatMap(({ runs }) => runs.flat().map((chunk) => [chunk.id, chunk] as const)));
  const best = reference.chunkIds.flatMap((id) => chunks.get(id) ?? []);
  return {
    ...context,
    sources: asSources(best, reference),
    sourceOf: (marker) => sourceIn(chunks, reference, context.chunkIds.get(marker)),
  };
}

function sourceIn(
  chunks: ReadonlyMap<ChunkId, Chunk>,
  reference: ScopeReference,
  id: ChunkId | undefined,
): Source | null {
  const chunk = id && chunks.get(id);
  if (!chunk) return null;
  const place = reference.chunkIds.indexOf(chunk.id);
  return sourceOf(chunk, reference.method === 'whole' ? 1 : (reference.scores[place] ?? 0));
}

/** The chunks of all runs by their transcription, in one query. @throws AskError `context_changed` when some are gone */
async function chunksInRuns(
  { transcripts, digest }: ContextDependencies,
  tenant: EndUserTenant,
  shown: readonly ShownTranscript[],
): Promise<Map<TranscriptionId, Chunk[]>> {
  const ids = shown.flatMap(({ transcriptionId, runs = [] }) =>
    runs.flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, i) => chunkIdOf(transcriptionId, first + i, digest)),
    ),
  );
  const found = await transcripts.chunks(tenant, ids);
  if (found.length < ids.length) throw contextChanged();
  return Map.groupBy<TranscriptionId, Chunk>(found, ({ transcriptionId }) => transcriptionId);
}

function runsOf(runs: readonly (readonly [number, number])[], chunks: readonly Chunk[]): Chunk[][] {
  return runs.map(([first, last]) => chunks.filter(({ index }) => index >= first && index <= last));
}

/** All of a transcript as one run. @throws AskError `context_changed` when it is gone or was replaced */
async function wholeTranscript(
  { transcripts, digest }: ContextDependencies,
  tenant: EndUserTenant,
  transcriptionId: TranscriptionId,
  { id: recordingId, recordedAt }: LibraryRecording,
): Promise<Chunk[][]> {
  const segments = await standingSegments(transcripts, tenant, transcriptionId);
  const owner = { ...tenant, recordingId, transcriptionId, recordedAt };
  const chunks = [...chunkTranscript(segments, owner, digest)];
  return chunks.length === 0 ? [] : [chunks];
}

function spokenBy(runs: Chunk[][], speakers: readonly string[] | undefined): Chunk[][] {
  if (speakers === undefined) return runs;
  const isWanted = speaksAs(speakers);
  return runs
    .map((run) => run.map((chunk) => ({ ...chunk, lines: chunk.lines.filter(({ speaker }) => isWanted(speaker)) })))
    .map((run) => run.filter(({ lines }) => lines.length > 0))
    .filter((run) => run.length > 0);
}

function shownOf(recording: LibraryRecording, place: number, runs: Chunk[][]): ShownRecording[] {
  if (recording.transcript === null || runs.length === 0) return [];
  const heading = `${place + 1}. ${titleOf(recording)}`;
  return [{ recordingId: recording.id, transcriptionId: recording.transcript.id, heading, runs }];
}

function catalogueOf(
  { countTokens }: ContextDependencies,
  { reference, recordings, left, catalogueTokens }: ScopeToRender,
): string[] {
  const extents = new Map<TranscriptionId | undefined, Extent>(
    reference.shown.map(({ transcriptionId, runs }) => [transcriptionId, runs === undefined ? 'whole' : 'part']),
  );
  const transcriptOf = new Map(recordings.map(({ id, transcript }) => [id, transcript?.id]));
  const named = new Set<RecordingId>(reference.understood.flatMap(({ recordingIds }) => recordingIds ?? []));
  const inFilters = new Set(left.map(({ id }) => id));
  const extentOf = (id: RecordingId) => (inFilters.has(id) ? (extents.get(transcriptOf.get(id)) ?? 'none') : 'none');
  return catalogueLines(recordings, { extentOf, named, timezone: reference.timezone }, catalogueTokens, countTokens);
}
