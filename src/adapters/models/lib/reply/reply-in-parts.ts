import { endOfUnmarkedThinking } from '../../../../domain/answering/models/reply-marks.ts';
import { withoutThinking } from '../../../../domain/answering/models/thinking.ts';
import type { FinishReason } from '../../../../domain/ask/message.ts';
import { providerFailure } from '../../../../domain/shared/errors.ts';
import type { Provider } from '../../../../domain/shared/provider.ts';
import { ModelServerError } from '../failures/model-server-error.ts';
import { type Counts, mergeCounts } from './counts.ts';
import { type Finish, finishOf } from './finish-reasons.ts';
import type { Piece } from './reply-piece.ts';

export interface WholeReply {
  /** Without the model's thinking; never blank. */
  text: string;
  finishReason: FinishReason;
  /** The model that the server names, if it names one. */
  model: string | undefined;
  counts: Counts;
  /** The mark that ended thinking which no mark began. */
  thinkingEnd: string | null;
}

/** More than the longest answer with its thinking. A model that does not stop must not fill the memory. */
export const MOST_CHARACTERS = 1024 * 1024;

/** A reply, put together from its pieces in whatever order they come. */
export class ReplyInParts {
  readonly #provider: Provider;
  #text = '';
  #finish: Finish | null = null;
  #model: string | undefined;
  #counts: Counts = {};
  #isBegun = false;
  /** The first half of a character whose second half has not come yet. */
  #half = '';
  /** Whether the latest piece had words. */
  #speaks = false;
  /** Whether words came behind a reason to stop, which then says nothing. */
  #spokeOn = false;

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  /** @returns the new words. */
  add(piece: Piece): string {
    const { text = '', finish, model, counts, isWhole, isLast, isBody } = piece;
    const words = this.#wholeCharacters(isWhole && text.startsWith(this.#text) ? text.slice(this.#text.length) : text);
    this.#isBegun = true;
    this.#text += words;
    if (this.#text.length > MOST_CHARACTERS)
      throw providerFailure(this.#provider, 'malformed_reply', { retryable: false });
    this.#speaks = words !== '';
    this.#spokeOn ||= this.#speaks && this.#finish !== null;
    // A refusal that comes before the end is still one.
    if (finish && this.#finish !== 'content_filter') this.#finish = finishOf(finish);
    else if (isLast) this.#finish ??= 'stop';
    else if (isBody) this.#finish ??= 'other';
    if (model) this.#model = model;
    this.#counts = mergeCounts(this.#counts, counts ?? {});
    return words;
  }

  /** Whether the answer is here to its end, as far as a reason to stop tells. */
  get isFinished(): boolean {
    return this.#finish !== null && !this.#spokeOn;
  }

  /** Whether nothing but counts may follow. */
  get isSilent(): boolean {
    return this.isFinished && !this.#speaks;
  }

  /** @throws ModelServerError, AskError when this is no answer. */
  end(): WholeReply {
    if (!this.#isBegun) throw providerFailure(this.#provider, 'malformed_reply');
    // The stream was over before the model had said why it stops.
    if (this.#finish === null) throw providerFailure(this.#provider, 'connection');
    if (this.#finish === 'error') throw new ModelServerError({ headers: new Headers(), said: { codes: [], text: '' } });
    const text = withoutThinking(this.#text);
    if (text.trim() === '') throw providerFailure(this.#provider, REASONS_FOR_SILENCE[this.#finish]);
    return {
      text,
      finishReason: this.#finish,
      model: this.#model,
      counts: this.#counts,
      thinkingEnd: endOfUnmarkedThinking(this.#text),
    };
  }

  #wholeCharacters(piece: string): string {
    const text = this.#half + piece;
    this.#half = /[\uD800-\uDBFF]$/.test(text) ? text.slice(-1) : '';
    return text.slice(0, text.length - this.#half.length).toWellFormed();
  }
}

const REASONS_FOR_SILENCE = {
  content_filter: 'refused',
  length: 'output_limit',
  stop: 'empty_reply',
  other: 'empty_reply',
} as const satisfies Record<FinishReason, string>;
