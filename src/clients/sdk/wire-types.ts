import type { z } from 'zod';
import type * as ask from '../../http/ask/schemas/ask-schemas.ts';
import type { providers } from '../../http/ask/schemas/provider-schemas.ts';
import type { timeline } from '../../http/ask/schemas/timeline-schemas.ts';
import type { trace } from '../../http/ask/schemas/trace-schemas.ts';
import type { errorObject } from '../../http/kernel/schemas/error-schemas.ts';
import type { provider } from '../../http/kernel/schemas/field-schemas.ts';
import type * as library from '../../http/library/schemas/library-schemas.ts';
import type * as search from '../../http/library/schemas/search-schemas.ts';

/** The wire objects, as the schemas of the API describe them. Types only, so that a page does not load the schemas. */
export type EndUser = z.output<typeof library.endUser>;
export type Recording = z.output<typeof library.recording>;
export type AcceptedTranscription = z.output<typeof library.acceptedTranscription>;
export type Transcription = z.output<typeof library.transcription>;
export type Segment = Transcription['segments'][number];
export type SearchResults = z.output<typeof search.searchResults>;
export type Session = z.output<typeof ask.session>;
export type Message = z.output<typeof ask.message>;
export type SessionExport = z.output<typeof ask.sessionExport>;
export type AskResult = z.output<typeof ask.askResult>;
export type Turn = z.output<typeof ask.turn>;
export type Source = z.output<typeof ask.answerSource>;
export type Citation = Omit<Extract<Message['parts'][number], { type: 'citation' }>, 'type'>;
export type Timeline = z.output<typeof timeline>;
export type TimelineStep = Timeline['steps'][number];
export type TurnTrace = z.output<typeof trace>;
export type ErrorObject = z.output<typeof errorObject>;
export type Provider = z.output<typeof provider>;
export type ProviderList = z.output<typeof providers>;
export type Scope = z.input<typeof ask.sessionScope>;
export type CreateSession = z.input<typeof ask.createSession>;
export type SendMessage = z.input<typeof ask.sendMessage>;
export type CreateEndUser = z.input<typeof library.createEndUser>;
export type SearchRecordings = z.input<typeof search.searchRecordings>;
export type CreateRecording = z.input<typeof library.createRecording>;
export type PatchRecording = z.input<typeof library.patchRecording>;

export type EndUserId = EndUser['id'];
export type RecordingId = Recording['id'];
export type SessionId = Session['id'];

export interface Page<T> {
  data: T[];
  has_more: boolean;
  next_cursor: string | null;
}

/** A moment of a recording: what a citation points to. */
export interface Moment {
  recording_id: RecordingId;
  start_ms: number;
}

/** Which turn of which session. */
export interface TurnPlace {
  session_id: SessionId;
  turn_id: Turn['turn_id'];
}

/** What the service tells of a turn, in the order in which it happens. */
export type TurnEvent =
  | { type: 'turn.started'; data: TurnPlace }
  | { type: 'sources'; data: { sources: Source[] } }
  | { type: 'delta'; data: { text: string } }
  | { type: 'citation'; data: Citation & { text: string; source?: Source | undefined } }
  | { type: 'turn.restarted'; data: { attempt: number } }
  | { type: 'turn.completed'; data: AskResult }
  | { type: 'turn.failed'; data: { error: ErrorObject } };
