import type {
  AcceptedTranscription,
  AskResult,
  EndUser,
  Message,
  Page,
  ProviderList,
  Recording,
  SearchResults,
  Session,
  SessionExport,
  Timeline,
  Transcription,
  Turn,
  TurnEvent,
  TurnTrace,
} from './wire-types.ts';

/** What the API answers, by name. */
export interface Replies {
  endUser: EndUser;
  endUsers: Page<EndUser>;
  recording: Recording;
  recordings: Page<Recording>;
  searchResults: SearchResults;
  acceptedTranscription: AcceptedTranscription;
  transcription: Transcription;
  providers: ProviderList;
  session: Session;
  sessions: Page<Session>;
  messages: Page<Message>;
  sessionExport: SessionExport;
  askResult: AskResult;
  turn: Turn;
  timeline: Timeline;
  trace: TurnTrace;
  turnEvent: TurnEvent;
}

/** Checks a reply. @returns undefined when it does not have the form that the API documents */
export type ReplyCheck = <N extends keyof Replies>(name: N, reply: unknown) => Replies[N] | undefined;
