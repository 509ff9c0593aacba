import { z } from 'zod';
import { durationMs, waitInWords } from './waits.ts';

/** What a server says of a failure, in whatever shape. */
export interface Said {
  /** The HTTP status that its body names. */
  status?: number;
  /** Names of errors: codes, types, statuses, ids of quotas. */
  codes: string[];
  /** Its words, for the log alone. */
  text: string;
  /** The wait that the body asks for, in ms. */
  retryAfterMs?: number | undefined;
}

const record = z.record(z.string(), z.unknown());
const errorBody = z.looseObject({
  error: z.unknown().optional(),
  errors: z.unknown().optional(),
  type: z.unknown().optional(),
  object: z.unknown().optional(),
  base_resp: z.looseObject({ status_code: z.number() }).optional().catch(undefined),
});

/** The error that a document of a reply holds; null for none. `event` is the name of its event, if it has one. */
export function errorIn(document: unknown, event: string | null = null): Said | null {
  if (event === 'error') return saidIn(document);
  const parsed = errorBody.safeParse(document);
  if (!parsed.success) return null;
  const { error, errors, type, object, base_resp: outcome } = parsed.data;
  const tells =
    isSomething(error) ||
    isSomething(errors) ||
    type === 'error' ||
    object === 'error' ||
    (outcome !== undefined && outcome.status_code !== 0);
  return tells ? saidIn(document) : null;
}

/** What stands in the body of an error, which may be JSON of any shape, or words. */
export function saidIn(body: unknown): Said {
  const said: Said = { codes: [], text: '' };
  const words: string[] = [];
  collect(body, null, 0, said, words);
  said.text = words.join(' ').slice(0, LONGEST_TEXT);
  said.retryAfterMs ??= waitInWords(said.text);
  return said;
}

const LONGEST_TEXT = 2_000;
const DEEPEST = 6;

function collect(value: unknown, key: string | null, depth: number, said: Said, words: string[]): void {
  if (depth > DEEPEST || (key !== null && ECHOES.has(key))) return;
  if (typeof value === 'number' || typeof value === 'string') collectLeaf(value, key, said, words);
  else if (Array.isArray(value)) for (const each of value) collect(each, key, depth + 1, said, words);
  else {
    const fields = record.safeParse(value).data ?? {};
    for (const [name, each] of Object.entries(fields)) collect(each, name, depth + 1, said, words);
  }
}

function collectLeaf(value: string | number, key: string | null, said: Said, words: string[]): void {
  const name = key ?? '';
  if (STATUS_KEY.test(name)) {
    const status = Number(value);
    if (Number.isInteger(status) && status >= 400 && status <= 599) said.status ??= status;
  }
  if (WAIT_KEY.test(name)) said.retryAfterMs ??= durationMs(String(value), /ms$/i.test(name) ? 'ms' : 's');
  if (typeof value === 'number') return;
  if (CODE_KEY.test(name)) said.codes.push(value);
  words.push(value);
}

/** Fields in which servers repeat the request. */
const ECHOES = new Set(['input', 'ctx', 'request', 'messages', 'prompt']);
const STATUS_KEY = /^(code|status|status_?code|http_?(status|code))$/i;
const CODE_KEY = /^(code|type|status|reason|error_?(code|type)|__type|quotaId|object)$/i;
/** `retryDelay` is Google's, `estimated_time` that of a model which Hugging Face still loads. */
const WAIT_KEY = /^(retryDelay|retry_?after(_?(ms|seconds))?|estimated_time)$/i;

function isSomething(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(isSomething);
  return value !== undefined && value !== null && value !== '' && value !== false && value !== 0;
}
