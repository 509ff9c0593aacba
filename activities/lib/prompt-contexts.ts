import { LRUCache } from 'lru-cache';
import { narrowToEndUser } from '../../src/domain/access/tenant.ts';
import type { ContextReference } from '../../src/domain/answering/context-reference.ts';
import { type PromptContext, passagesContext, transcriptContext } from '../../src/domain/answering/prompt-text.ts';
import { recordingIdsOf, type SessionScope } from '../../src/domain/ask/scope.ts';
import type { Session } from '../../src/domain/ask/session.ts';
import type { Recording } from '../../src/domain/library/recording.ts';
import type { Source } from '../../src/domain/library/source.ts';
import type { Digest } from '../../src/domain/shared/digest.ts';
import { AskError, notFound } from '../../src/domain/shared/errors.ts';
import type { RecordingId, TranscriptionId } from '../../src/domain/shared/ids.ts';
import type { RecordingStore, TranscriptStore } from '../../src/ports/library/library-store.ts';
import { asSources, type PassagesReference } from '../../src/use-cases/find-passages.ts';

/** A context with the sources that stand in it, and the recordings that its lines are from. */
export interface LoadedContext extends PromptContext {
  sources: Source[];
  recordings: ReadonlyMap<RecordingId, { title: string | null; recordedAt: string | null }>;
}

export interface PromptContexts {
  load(session: Session, reference: ContextReference): Promise<LoadedContext>;
}

/** Characters of rendered transcripts kept in memory, for follow-ups on the same recording. */
const CACHED_CHARACTERS = 16 * 1024 * 1024;
/** What a citation target takes of the memory, in characters. */
const CHARACTERS_A_TARGET = 200;

/** Renders contexts out of the database. A transcription never changes once it is completed, so its rendering is kept. */
export function createPromptContexts(deps: {
  recordings: RecordingStore;
  transcripts: TranscriptStore;
  digest: Digest;
}): PromptContexts {
  const rendered = new LRUCache<string, LoadedContext>({
    maxSize: CACHED_CHARACTERS,
    sizeCalculation: ({ text, targets }) => text.length + targets.size * CHARACTERS_A_TARGET + 1,
  });

  async function transcript(session: Session, transcriptionId: TranscriptionId): Promise<LoadedContext> {
    const tenant = narrowToEndUser(session, session.endUserId);
    // Read before the cache is asked: what was deleted since must not answer.
    const [recordingId] = recordingIdsOf(session.scope);
    const recording = recordingId && (await deps.recordings.find(tenant, recordingId));
    if (!recording) throw notFound('transcription', transcriptionId);
    // The name stands in the prompt, and may have changed.
    const key = JSON.stringify([session.id, transcriptionId, recording.name]);
    const known = rendered.get(key);
    if (known !== undefined) return known;
    const segments = await deps.transcripts.segments(tenant, transcriptionId);
    // Read after its words: an import that replaces it says so before it removes them.
    const standing = await deps.transcripts.find(tenant, transcriptionId);
    if (standing?.status !== 'completed' || segments.length < standing.segmentCount) throw contextChanged();
    const about = { id: recording.id, transcriptionId, title: recording.name };
    const context = {
      ...transcriptContext(session.id, about, segments, deps.digest),
      sources: [],
      recordings: aboutEach([recording]),
    };
    rendered.set(key, context);
    return context;
  }

  async function passages(session: Session, reference: PassagesReference): Promise<LoadedContext> {
    const tenant = narrowToEndUser(session, session.endUserId);
    const shown = await deps.transcripts.chunks(tenant, reference.chunkIds);
    if (shown.length < reference.chunkIds.length) throw contextChanged();
    const titles = new Map(
      shown.flatMap(({ recording: { id, name } }) => (name === null ? [] : [[id, name] as const])),
    );
    const context = passagesContext(session.id, shown, titles, searchedWords(session.scope), deps.digest);
    const recordings = aboutEach(shown.map(({ recording }) => recording));
    return { ...context, sources: asSources(shown, reference), recordings };
  }

  return {
    load: (session, reference) =>
      reference.kind === 'transcript' ? transcript(session, reference.transcriptionId) : passages(session, reference),
  };
}

/** The workflow gathers again: an answer must never rest on what is left of a transcript that was replaced. */
function contextChanged(): AskError {
  return new AskError(
    'context_changed',
    'A transcript was replaced while its question was answered. Ask again shortly.',
    {
      retryAfterMs: 1_000,
    },
  );
}

function aboutEach(recordings: readonly Recording[]): LoadedContext['recordings'] {
  return new Map(recordings.map(({ id, name, startedAt }) => [id, { title: name, recordedAt: startedAt }]));
}

function searchedWords(scope: SessionScope): string {
  return scope.type === 'library'
    ? "the user's whole library"
    : `the ${recordingIdsOf(scope).length} selected recordings`;
}
