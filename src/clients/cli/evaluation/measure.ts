import { costOf, type TokenPrice } from '../../../domain/ask/token-cost.ts';
import type { Asked } from './ask-set.ts';
import type { Judged } from './judge.ts';

/** A number, or why it was not measured. */
export type Measure = number | { not_measured: string };

export interface Evaluation {
  set: string;
  provider: string;
  model: string | null;
  judge: string | null;
  questions: number;
  failed: number;
  content: Record<'right' | 'partly' | 'wrong', Measure>;
  citations: {
    /** The share of judged citations whose quote shows the statement. */
    supported: Measure;
    /** The share of answers with known moments that cite one of them, within 15 s. */
    right_moment: Measure;
  };
  abstention: {
    /** The share of questions without an answer that were not answered. */
    right: Measure;
    /** The share of questions with an answer that were refused. */
    wrong: Measure;
  };
  cost: { input_tokens: number; output_tokens: number; cached_tokens: number; price: Measure };
  latency_ms: { median: Measure; p95: Measure };
}

export interface Row extends Asked {
  judged: Judged;
}

interface Basis {
  set: string;
  provider: string;
  judge: string | null;
  /** Names of recordings to ids. */
  recordings: ReadonlyMap<string, string>;
  prices: Readonly<Record<string, TokenPrice>>;
}

const LIMIT_MS = 15_000;

/** What came of a set: shares in [0, 1], money in the currency of the prices. */
export function measureRows(rows: readonly Row[], { set, provider, judge, recordings, prices }: Basis): Evaluation {
  const answered = rows.flatMap(({ result, ...row }) => (result === null ? [] : [{ ...row, result }]));
  const verdicts = rows.flatMap(({ judged, question }) =>
    'verdict' in judged ? [{ ...judged.verdict, isAnswerable: question.expected !== null }] : [],
  );
  const why =
    rows.flatMap(({ judged }) => ('notMeasured' in judged ? [judged.notMeasured] : []))[0] ?? 'no question was judged';
  const answerable = verdicts.filter(({ isAnswerable }) => isAnswerable);
  const content = (kind: string) =>
    share(answerable.filter((each) => each.content === kind).length, answerable.length, why);
  const [supported, unsupported] = [sum(verdicts, (v) => v.supported), sum(verdicts, (v) => v.unsupported)];
  const isRefused = ({ result, judged }: { result: (typeof answered)[number]['result']; judged: Judged }) =>
    result.message.grounding?.status === 'not_found' || ('verdict' in judged && judged.verdict.content === 'abstains');
  const [open, closed] = [true, false].map((isOpen) =>
    answered.filter(({ question }) => (question.expected === null) === isOpen),
  );
  const refused = (of: typeof answered = []) =>
    share(of.filter(isRefused).length, of.length, 'the set has no such question');
  const placed = answered.filter(({ question }) => question.moments.length > 0);
  const models = [...new Set(answered.map(({ result }) => result.message.model))];
  return {
    set,
    provider,
    model: models.join(', ') || null,
    judge,
    questions: rows.length,
    failed: rows.length - answered.length,
    content: { right: content('right'), partly: content('partly'), wrong: content('wrong') },
    citations: {
      supported: share(supported, supported + unsupported, why),
      right_moment: share(
        placed.filter((row) => citesRight(row, recordings)).length,
        placed.length,
        'the set names no moments',
      ),
    },
    abstention: { right: refused(open), wrong: refused(closed) },
    cost: costsOf(answered, prices),
    latency_ms: { median: quantile(rows, 0.5), p95: quantile(rows, 0.95) },
  };
}

type Answered = Row & { result: NonNullable<Row['result']> };

function citesRight({ question, result }: Answered, recordings: ReadonlyMap<string, string>): boolean {
  const cited = result.message.parts.filter((part) => part.type === 'citation');
  return cited.some(({ recording_id, start_ms }) =>
    question.moments.some(
      (moment) =>
        recordings.get(moment.recording) === recording_id &&
        start_ms >= moment.start_ms - LIMIT_MS &&
        start_ms <= moment.end_ms + LIMIT_MS,
    ),
  );
}

function costsOf(answered: readonly Answered[], prices: Basis['prices']): Evaluation['cost'] {
  const tokens = answered.map(({ result }) => result.message.tokens).filter((each) => each !== null);
  const unpriced = answered.find(({ result }) => prices[result.message.model ?? ''] === undefined);
  const price: Measure =
    unpriced || answered.length === 0
      ? { not_measured: `MODEL_PRICES has no price of ${unpriced?.result.message.model ?? 'the model'}` }
      : sum(answered, ({ result: { message } }) => costOf(message.tokens, prices[message.model] as TokenPrice));
  return {
    input_tokens: sum(tokens, ({ input }) => input),
    output_tokens: sum(tokens, ({ output }) => output),
    cached_tokens: sum(tokens, ({ cached }) => cached),
    price,
  };
}

function share(part: number, whole: number, why: string): Measure {
  return whole === 0 ? { not_measured: why } : part / whole;
}

function quantile(rows: readonly Row[], q: number): Measure {
  const sorted = rows
    .filter(({ result }) => result !== null)
    .map(({ latencyMs }) => latencyMs)
    .toSorted((a, b) => a - b);
  return (
    sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? { not_measured: 'no question was answered' }
  );
}

function sum<T>(of: readonly T[], value: (each: T) => number): number {
  return of.reduce((total, each) => total + value(each), 0);
}
