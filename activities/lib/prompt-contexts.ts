import { LRUCache } from 'lru-cache';
import { narrowToEndUser } from '../../src/domain/access/tenant.ts';
import type { ContextReference } from '../../src/domain/answering/context-reference.ts';
import { type PromptContext, passagesContext, transcriptContext } from '../../src/domain/answering/prompt-text.ts';
import { recordingIdsOf, type SessionScope } from '../../src/domain/ask/scope.ts';
import type { Session } from '../../src/domain/ask/session.ts';
import type { Source } from '../../src/domain/library/source.ts';
import type { Digest } from '../../src/domain/shared/digest.ts';
import { notFound } from '../../src/domain/shared/errors.ts';
import type { TranscriptionId } from '../../src/domain/shared/ids.ts';
import type { RecordingStore, TranscriptStore } from '../../src/ports/library/library-store.ts';
import { asSources, type PassagesReference } from '../../src/use-cases/find-passages.ts';

/** A context with the sources that stand in it. */
export type LoadedContext = PromptContext & { sources: Source[] };

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
    const key = `${session.id}/${transcriptionId}`;
    const known = rendered.get(key);
    if (known !== undefined) return known;
    const segments = await deps.transcripts.segments(tenant, transcriptionId);
    const about = { id: recording.id, title: recording.name };
    const context = { ...transcriptContext(session.id, about, segments, deps.digest), sources: [] };
    rendered.set(key, context);
    return context;
  }

  async function passages(session: Session, reference: PassagesReference): Promise<LoadedContext> {
    const tenant = narrowToEndUser(session, session.endUserId);
    const shown = await deps.transcripts.chunks(tenant, reference.chunkIds);
    const titles = new Map(
      shown.flatMap(({ recording: { id, name } }) => (name === null ? [] : [[id, name] as const])),
    );
    const context = passagesContext(session.id, shown, titles, searchedWords(session.scope), deps.digest);
    return { ...context, sources: asSources(shown, reference) };
  }

  return {
    load: (session, reference) =>
      reference.kind === 'transcript' ? transcript(session, reference.transcriptionId) : passages(session, reference),
  };
}

function searchedWords(scope: SessionScope): string {
  return scope.type === 'library'
    ? "the user's whole library"
    : `the ${recordingIdsOf(scope).length} selected recordings`;
}
