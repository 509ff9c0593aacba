import { z } from 'zod';
import { GROUNDING_STATUSES, UNSUPPORTED_KINDS } from '../../../domain/ask/grounding.ts';
import { FINISH_REASONS } from '../../../domain/ask/message.ts';
import { TURN_STATUSES } from '../../../domain/ask/turn.ts';
import { errorObject } from '../../kernel/schemas/error-schemas.ts';
import {
  arrayOf,
  cursor,
  instant,
  language,
  nameSearch,
  pageLimit,
  provider,
  streamed,
  timestamp,
  timezoneName,
} from '../../kernel/schemas/field-schemas.ts';
import { endUserId, messageId, recordingId, sessionId, turnId } from '../../kernel/schemas/id-schemas.ts';
import { source } from '../../library/schemas/search-schemas.ts';

const contextRef = z.strictObject({ type: z.literal('recording'), id: recordingId });

const speakerName = z.string().trim().min(1).max(200);
const metadataValue = z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()]);

/** Exact: what they do not leave is never shown. */
const filters = z
  .strictObject({
    recorded_after: instant.optional().describe('Inclusive.'),
    recorded_before: instant.optional().describe('Exclusive.'),
    recording_ids: z.array(recordingId).min(1).max(100).optional().describe('They lie inside the scope.'),
    speakers: z
      .array(speakerName)
      .min(1)
      .max(20)
      .optional()
      .describe('Whole names, in any case: only what they say is shown.'),
    metadata: z
      .record(z.string().min(1).max(128), metadataValue)
      .refine((value) => Object.keys(value).length <= 10, 'takes at most 10 keys')
      .optional()
      .describe('Equality of top-level keys.'),
  })
  .refine(
    ({ recorded_after: after, recorded_before: before }) =>
      after === undefined || before === undefined || after < before,
    { path: ['recorded_before'], error: 'must be later than recorded_after' },
  )
  .meta({ id: 'Filters' });

export const sendMessage = z
  .strictObject({
    content: z.string().min(1).max(10_000).regex(/\S/, 'must not be only white space'),
    provider: provider.optional(),
    context_refs: arrayOf(contextRef, { max: 20 }).optional(),
    filters: filters.optional().describe('For library and selected scope.'),
    timezone: timezoneName.optional(),
    response_language: language.optional(),
  })
  .meta({ id: 'SendMessage' });

const uniqueRecordings = arrayOf(recordingId, { min: 1, max: 100 })
  .refine((ids) => new Set(ids).size === ids.length, 'must not name a recording twice')
  .meta({ uniqueItems: true });

export const SCOPE_TYPES = ['recording', 'library', 'selected'] as const;

export const sessionScope = z
  .discriminatedUnion(
    'type',
    [
      z.strictObject({ type: z.literal('recording'), recording_id: recordingId }),
      z.strictObject({ type: z.literal('library') }),
      z.strictObject({ type: z.literal('selected'), recording_ids: uniqueRecordings }),
    ],
    { error: scopeProblem },
  )
  .meta({ id: 'SessionScope' });

const title = z.string().trim().min(1).max(200);

export const createSession = z
  .strictObject({
    scope: sessionScope,
    initial_message: sendMessage.optional(),
    title: title.optional(),
    end_user_id: endUserId.optional(),
  })
  .meta({ id: 'CreateSession' });

export const patchSession = z.strictObject({ title }).meta({ id: 'PatchSession' });

export const listSessions = z.strictObject({
  end_user_id: endUserId.optional(),
  scope_type: z.enum(SCOPE_TYPES).optional(),
  recording_id: recordingId.optional(),
  q: nameSearch('title'),
  limit: pageLimit(20),
  cursor,
});

export const listMessages = z.strictObject({ limit: pageLimit(20), cursor });

export const exportSession = z.strictObject({ format: z.enum(['json', 'markdown']).default('json') });

export const session = z
  .object({
    id: sessionId,
    scope: z.object({
      type: z.enum(SCOPE_TYPES),
      recording_ids: z.array(recordingId),
      recording_title: z.string().nullable(),
    }),
    title: z.string(),
    end_user_id: endUserId,
    message_count: z.int(),
    last_message_at: timestamp.nullable(),
    last_model: z.string().nullable(),
    last_provider: provider.nullable(),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Session' });

/** A moment of a recording, and what is said there. All but the first two are null in older answers. */
export const citation = {
  recording_id: recordingId,
  start_ms: z.int(),
  end_ms: z.int().nullable(),
  speaker: z.string().nullable(),
  quote: z.string().nullable(),
  source_index: z.int().nullable(),
};

const part = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('citation'), ...citation }),
]);

const grounding = z
  .object({
    status: z.enum(GROUNDING_STATUSES),
    method: z.string(),
    unsupported: z.array(z.object({ text: z.string().nullable(), kind: z.enum(UNSUPPORTED_KINDS) })),
  })
  .meta({ id: 'Grounding' });

/** A source of an answer; \`cited\` is null in answers from before that was noted. */
export const answerSource = source.extend({ cited: z.boolean().nullable() }).meta({ id: 'AnswerSource' });

const shownFilters = z.object({
  recorded_after: timestamp.optional(),
  recorded_before: timestamp.optional(),
  recording_ids: z.array(recordingId).optional(),
  speakers: z.array(z.string()).optional(),
  metadata: z.record(z.string(), metadataValue).optional(),
});

const understood = z.object({
  text: z.string(),
  recorded_after: timestamp.optional(),
  recorded_before: timestamp.optional(),
  recording_ids: z.array(recordingId).optional(),
  speakers: z.array(z.string()).optional(),
});

/** What a client asked to see alone, and what the words of its question were taken to name. */
export const retrievalFilters = shownFilters.extend({
  timezone: z.string(),
  understood: z.array(understood),
  unknown_speakers: z.array(z.string()),
});

/** What an answer was given from. */
export const retrieval = z
  .object({
    method: z.enum(['transcript', 'whole', 'passages']),
    complete: z.boolean(),
    recordings_in_scope: z.int(),
    recordings_used: z.int(),
    passages: z.int(),
    tokens: z.int(),
    filters: retrievalFilters,
    queries: z.array(z.string()),
    ignored_refs: z.array(recordingId),
  })
  .meta({ id: 'Retrieval' });

const userMessage = z.object({
  id: messageId,
  role: z.literal('user'),
  content: z.string(),
  parts: z.array(part),
  context_refs: z.array(z.object({ type: z.literal('recording'), id: recordingId })),
  filters: shownFilters,
  timezone: z.string().nullable(),
  response_language: z.string().nullable(),
  turn_id: turnId.nullable().describe('The latest turn that asked it.'),
  status: z.enum(TURN_STATUSES).nullable(),
  error: errorObject.nullable(),
  tokens: z.null(),
  model: z.null(),
  provider: z.null(),
  finish_reason: z.null(),
  created_at: timestamp,
});

export const assistantMessage = z
  .object({
    id: messageId,
    role: z.literal('assistant'),
    content: z.string(),
    parts: z.array(part),
    tokens: z.object({
      input: z.int(),
      output: z.int(),
      cached: z.int(),
      estimated: z.literal(true).optional().describe('The model server left out a count, which is estimated.'),
      suspect: z
        .literal(true)
        .optional()
        .describe('The count of the model server does not fit the prompt: it may have cut it.'),
    }),
    model: z.string(),
    provider,
    finish_reason: z.enum(FINISH_REASONS),
    grounding: grounding.nullable(),
    created_at: timestamp,
  })
  .meta({ id: 'AssistantMessage' });

/** A message in a list: an answer brings its sources along. */
export const message = z
  .discriminatedUnion('role', [userMessage, assistantMessage.extend({ sources: z.array(answerSource) })])
  .meta({ id: 'Message' });

export const sessionExport = z.object({ session, messages: z.array(message) }).meta({ id: 'SessionExport' });

export const askResult = z
  .object({
    session_id: sessionId,
    turn_id: turnId,
    message: assistantMessage,
    sources: z.array(answerSource),
    retrieval: retrieval.nullable(),
  })
  .meta({ id: 'AskResult' });

/** The ask result, or the events that end with it. */
export const answer = z.union([askResult, streamed]);

export const acceptedTurn = z
  .object({ session_id: sessionId, turn_id: turnId, status: z.enum(TURN_STATUSES) })
  .meta({ id: 'AcceptedTurn' });

export const turn = z
  .object({
    turn_id: turnId,
    session_id: sessionId,
    message_id: messageId,
    status: z.enum(TURN_STATUSES),
    attempt: z.int(),
    result: askResult.nullable(),
    error: errorObject.nullable(),
    created_at: timestamp,
    completed_at: timestamp.nullable(),
  })
  .meta({ id: 'Turn' });

function scopeProblem(issue: { code?: string | undefined; input?: unknown }): string | undefined {
  if (issue.code !== 'invalid_union') return undefined;
  const given = z.object({ type: z.literal('folder') }).safeParse(issue.input);
  return given.success
    ? 'folder is reserved and not yet supported; use recording, library or selected'
    : `must be one of ${SCOPE_TYPES.join(', ')}`;
}
