import type { LibraryRecording } from '../../domain/answering/context/library-recording.ts';
import type { PromptContext } from '../../domain/answering/context/render-context.ts';
import type { ContextReference } from '../../domain/answering/context-reference.ts';
import type { UserMessage } from '../../domain/ask/message.ts';
import type { Understood } from '../../domain/ask/retrieval.ts';
import type { NewSession, Session } from '../../domain/ask/session.ts';
import type { Source } from '../../domain/library/source.ts';
import type { RecordingId } from '../../domain/shared/ids.ts';

/** The recordings in the scope of a session, in order. */
export interface Scopes {
  /** As they are now. */
  load(session: NewSession): Promise<LibraryRecording[]>;
  /** As they were moments ago, where this process looked. */
  recall(session: NewSession): Promise<LibraryRecording[]>;
}

/** A context with the sources that stand in it, and what stands beside the question. */
export interface LoadedContext extends PromptContext {
  notes: string;
  /** What the question was understood to name. */
  understood: Understood[];
  /** The best passages that are shown, best first. */
  sources: Source[];
  /** The passage in which a line stands, by its marker; null for the transcript of one recording. */
  sourceOf(marker: string): Source | null;
  /** The recordings that its lines are from. */
  recordings: ReadonlyMap<RecordingId, { title: string | null; recordedAt: string | null }>;
}

export interface PromptContexts {
  /** @param catalogueTokens what the list of recordings may have */
  load(
    session: Session,
    reference: ContextReference,
    question: UserMessage,
    catalogueTokens: number,
  ): Promise<LoadedContext>;
}
