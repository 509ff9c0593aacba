import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Provider } from '../../../domain/shared/provider.ts';
import type { createSession } from '../../../http/ask/schemas/ask-schemas.ts';
import { sessionId } from '../../../http/kernel/schemas/id-schemas.ts';
import type { ApiClient } from '../../sdk/api-client.ts';
import { ApiError } from '../../sdk/api-error.ts';
import type { OnAnswer } from '../../sdk/follow-answer.ts';
import type { AskResult, TurnPlace } from '../../sdk/wire-types.ts';

/** The session of a conversation, or the scope with which its first question creates one. */
export type Place = { sessionId: string } | z.input<typeof createSession>;

const leftSession = z.object({ session_id: sessionId });

/** Asks one question after another in one session. */
export class Conversation {
  readonly #client: ApiClient;
  readonly #provider: Provider | undefined;
  #place: Place;
  #state: 'idle' | 'asking' | 'stopping' = 'idle';
  /** The turn whose answer is on its way, once it is known. */
  #turn: TurnPlace | null = null;

  constructor(client: ApiClient, place: Place, provider: Provider | undefined) {
    this.#client = client;
    this.#place = place;
    this.#provider = provider;
  }

  /** null before the first question has created it. */
  get sessionId(): string | null {
    return 'sessionId' in this.#place ? this.#place.sessionId : null;
  }

  get state() {
    return this.#state;
  }

  /**
   * Stops the answer that is on its way, as soon as its turn is known. Whoever waits for it gets the error
   * `turn_cancelled`. Only an answer that is shown while it comes can be stopped.
   */
  async stop(): Promise<void> {
    this.#state = 'stopping';
    if (this.#turn !== null) await this.#client.cancelTurn(this.#turn);
  }

  /**
   * @param onAnswer told of the answer as it comes.
   * @throws ApiError; the conversation takes the next question all the same.
   */
  async ask(content: string, onAnswer?: OnAnswer): Promise<AskResult> {
    this.#state = 'asking';
    try {
      const message = { content, ...(this.#provider && { provider: this.#provider }) };
      const result = await this.#send(message, onAnswer && this.#noting(onAnswer));
      this.#place = { sessionId: result.session_id };
      return result;
    } catch (error) {
      // Also when the answer failed, the question and the session that it created are stored.
      const left = leftSession.safeParse(error instanceof ApiError ? error.details : null);
      if (left.success) this.#place = { sessionId: left.data.session_id };
      throw error;
    } finally {
      this.#state = 'idle';
      this.#turn = null;
    }
  }

  /** Notes the turn, and the session that it created, before the answer is there. */
  #noting(onAnswer: OnAnswer): OnAnswer {
    return (event) => {
      if (event.type === 'turn.started') {
        this.#turn = event.data;
        this.#place = { sessionId: event.data.session_id };
        if (this.#state === 'stopping') this.stop().catch(() => undefined);
      }
      onAnswer(event);
    };
  }

  #send(message: { content: string; provider?: Provider }, onAnswer: OnAnswer | undefined): Promise<AskResult> {
    const idempotencyKey = randomUUID();
    return 'sessionId' in this.#place
      ? this.#client.sendMessage(this.#place.sessionId, message, idempotencyKey, onAnswer)
      : this.#client.startSession({ ...this.#place, initial_message: message }, idempotencyKey, onAnswer);
  }
}
