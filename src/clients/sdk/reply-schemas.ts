import { z } from 'zod';
import * as ask from '../../http/ask/schemas/ask-schemas.ts';
import { providers } from '../../http/ask/schemas/provider-schemas.ts';
import { timeline } from '../../http/ask/schemas/timeline-schemas.ts';
import { trace } from '../../http/ask/schemas/trace-schemas.ts';
import { errorBody } from '../../http/kernel/schemas/error-schemas.ts';
import { pageOf } from '../../http/kernel/schemas/field-schemas.ts';
import { sessionId, turnId } from '../../http/kernel/schemas/id-schemas.ts';
import * as library from '../../http/library/schemas/library-schemas.ts';
import { searchResults } from '../../http/library/schemas/search-schemas.ts';
import type { Replies, ReplyCheck } from './replies.ts';

const turnEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('turn.started'), data: z.object({ session_id: sessionId, turn_id: turnId }) }),
  z.object({ type: z.literal('sources'), data: z.object({ sources: z.array(ask.answerSource) }) }),
  z.object({ type: z.literal('delta'), data: z.object({ text: z.string() }) }),
  z.object({
    type: z.literal('citation'),
    data: z.object({ text: z.string(), ...ask.citation, source: ask.answerSource.optional() }),
  }),
  z.object({ type: z.literal('turn.restarted'), data: z.object({ attempt: z.int() }) }),
  z.object({ type: z.literal('turn.completed'), data: ask.askResult }),
  z.object({ type: z.literal('turn.failed'), data: errorBody }),
]);

const SCHEMAS: { [N in keyof Replies]: z.ZodType<Replies[N]> } = {
  endUser: library.endUser,
  endUsers: pageOf(library.endUser),
  recording: library.recording,
  recordings: library.recordingPage,
  searchResults,
  acceptedTranscription: library.acceptedTranscription,
  transcription: library.transcription,
  session: ask.session,
  sessions: pageOf(ask.session),
  messages: pageOf(ask.message),
  sessionExport: ask.sessionExport,
  askResult: ask.askResult,
  providers,
  turn: ask.turn,
  timeline,
  trace,
  turnEvent,
};

/** Checks a reply with the schemas of the API. */
export const checkReply: ReplyCheck = (name, reply) => SCHEMAS[name].safeParse(reply).data;
