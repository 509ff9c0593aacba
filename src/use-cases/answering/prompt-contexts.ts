import { LRUCache } from 'lru-cache';
import { narrowToEndUser } from '../../domain/access/tenant.ts';
import { dateText } from '../../domain/answering/context/date-text.ts';
import { isLeftBy, type LibraryRecording } from '../../domain/answering/context/library-recording.ts';
import { languageNote, questionNotes } from '../../domain/answering/context/question-notes.ts';
import { type PromptContext, transcriptContext } from '../../domain/answering/context/render-context.ts';
import { withNames } from '../../domain/answering/context/speaker-places.ts';
import type { ScopeReference, TranscriptReference } from '../../domain/answering/context-reference.ts';
import type { UserMessage } from '../../domain/ask/message.ts';
import { recordingIdsOf } from '../../domain/ask/scope.ts';
import type { Session } from '../../domain/ask/session.ts';
import { linesOf } from '../../domain/library/transcript-lines.ts';
import { notFound } from '../../domain/shared/errors.ts';
import type { RecordingId } from '../../domain/shared/ids.ts';
import type { LoadedContext, PromptContexts } from '../../ports/ask/context-loading.ts';
import { type ContextDependencies, renderScope } from './render-scope.ts';
import { standingSegments } from './standing-segments.ts';

/** Characters of rendered contexts kept in memory, for follow-ups on the same. */
const CACHED_CHARACTERS = 16 * 1024 * 1024;
/** What a line takes of the memory, in characters. */
const CHARACTERS_A_TARGET = 200;

/** Renders contexts out of the database. A transcription never changes once it is completed, so its rendering is kept. */
export function createPromptContexts(deps: ContextDependencies): PromptContexts {
  const rendered = new LRUCache<string, PromptContext>({
    maxSize: CACHED_CHARACTERS,
    sizeCalculation: ({ text, targets }) => text.length + targets.size * CHARACTERS_A_TARGET + 1,
  });

  async function transcript(
    session: Session,
    reference: TranscriptReference,
    question: UserMessage,
  ): Promise<LoadedContext> {
    const { transcriptionId, readAt, timezone } = reference;
    const tenant = narrowToEndUser(session, session.endUserId);
    // Read before the cache is asked: what was deleted since must not answer.
    const [recordingId] = recordingIdsOf(session.scope);
    const recording = recordingId && (await deps.recordings.find(tenant, recordingId));
    if (!recording) throw notFound('transcription', transcriptionId);
    // The name stands in the prompt, and may have changed.
    const key = JSON.stringify([session.id, transcriptionId, recording.name]);
    const context = await keep(key, async () => {
      const lines = [...linesOf(await standingSegments(deps.transcripts, tenant, transcriptionId))];
      const about = { id: recording.id, transcriptionId, title: recording.name };
      return transcriptContext(session.id, about, lines, deps.digest);
    });
    const { id, name: title, startedAt: recordedAt } = recording;
    const today = `Today is ${dateText(readAt, timezone)} (${timezone}).`;
    const made = recordedAt === null ? [] : [`The recording was made on ${dateText(recordedAt, timezone)}.`];
    const notes = [today, ...made, ...languageNote(question.responseLanguage)].join('\n');
    return {
      ...context,
      notes,
      understood: [],
      sources: [],
      sourceOf: () => null,
      recordings: aboutEach([{ id, title, recordedAt }]),
    };
  }

  async function scope(
    session: Session,
    reference: ScopeReference,
    question: UserMessage,
    catalogueTokens: number,
  ): Promise<LoadedContext> {
    const recordings = await recordingsOf(session, reference);
    const { filters, responseLanguage } = question;
    const { readAt: now, timezone, unknownSpeakers } = reference;
    const understood = withNames(reference.understood, recordings);
    const left = recordings.filter((recording) => isLeftBy(filters, recording));
    const asked = { now, timezone, responseLanguage, filters, understood, unknownSpeakers };
    const scope = { session, reference, recordings, left, filters, catalogueTokens };
    return {
      ...(await renderScope(deps, scope, keep)),
      notes: questionNotes(asked, recordings, left),
      understood,
      recordings: aboutEach(recordings),
    };
  }

  /** What another process chose may be newer than what this one remembers. */
  async function recordingsOf(session: Session, { shown }: ScopeReference): Promise<LibraryRecording[]> {
    const recalled = await deps.scopes.recall(session);
    const known = new Set(recalled.map(({ transcript }) => transcript?.id));
    return shown.every(({ transcriptionId }) => known.has(transcriptionId)) ? recalled : deps.scopes.load(session);
  }

  async function keep(key: string, render: () => Promise<PromptContext>): Promise<PromptContext> {
    const known = rendered.get(key);
    if (known !== undefined) return known;
    const made = await render();
    rendered.set(key, made);
    return made;
  }

  return {
    load: (session, reference, question, catalogueTokens) =>
      reference.kind === 'transcript'
        ? transcript(session, reference, question)
        : scope(session, reference, question, catalogueTokens),
  };
}

function aboutEach(
  recordings: readonly { id: RecordingId; title: string | null; recordedAt: string | null }[],
): LoadedContext['recordings'] {
  return new Map(recordings.map(({ id, title, recordedAt }) => [id, { title, recordedAt }]));
}
