import { type ApiClient, newQuestion } from '../../../sdk/api-client.ts';
import type { CreateSession, SendMessage, SessionId, TurnPlace } from '../../../sdk/wire-types.ts';
import { Observable } from '../lib/observable.ts';
import { byChosenModel } from './asked-message.ts';
import { advance, isRunning, type LiveTurn, newTurn } from './live-turn.ts';
import type { Retrievals } from './retrievals.ts';
import { announceNews } from './session-news.ts';

/** A session, or the one that the next question creates. */
export type Conversation = SessionId | 'new';

/** The latest turn of each conversation that this tab asked or follows. Turns go on while other views are shown. */
export class Turns extends Observable {
  readonly #api: ApiClient;
  readonly #retrievals: Retrievals;
  readonly #onSessionStarted: (session: SessionId) => void;
  readonly #turns = new Map<Conversation, LiveTurn>();

  /** @param onSessionStarted told of a session that a question created */
  constructor(api: ApiClient, retrievals: Retrievals, onSessionStarted: (session: SessionId) => void) {
    super();
    this.#api = api;
    this.#retrievals = retrievals;
    this.#onSessionStarted = onSessionStarted;
  }

  of(conversation: Conversation): LiveTurn | null {
    return this.#turns.get(conversation) ?? null;
  }

  /** Asks in a session that is there. */
  ask(session: SessionId, message: SendMessage): void {
    void this.#follow(session, newTurn(message, newQuestion(session, message)));
  }

  /** Asks the first question of a session, which is created with it. */
  begin(session: CreateSession, message: SendMessage): void {
    void this.#follow('new', newTurn(message, newQuestion(null, { ...session, initial_message: message })));
  }

  /** Follows a turn that was asked elsewhere, or before this page was loaded. */
  follow(place: TurnPlace, asked: SendMessage): void {
    const known = this.of(place.session_id);
    if (known !== null && (isRunning(known) || known.place?.turn_id === place.turn_id)) return;
    void this.#follow(place.session_id, { ...newTurn(asked, null), place });
  }

  /** Tries again. A failed question is asked anew. One that was refused or lost from sight keeps its `Idempotency-Key`. */
  retry(conversation: Conversation): void {
    const turn = this.of(conversation);
    if (turn === null || isRunning(turn)) return;
    if (turn.phase === 'failed' && conversation !== 'new') this.ask(conversation, byChosenModel(turn.asked));
    else void this.#follow(conversation, { ...turn, phase: 'sending', failure: null });
  }

  /** Asks the service to stop the turn; its end then comes as an event like any other. */
  async stop(session: SessionId): Promise<void> {
    const turn = this.of(session);
    if (!turn?.place || !isRunning(turn)) return;
    this.#change(session, { stopping: true });
    await this.#api.cancelTurn(turn.place).catch(() => this.#change(session, { stopping: false }));
  }

  /** Forgets a turn that the session's messages now show. */
  clear(conversation: Conversation): void {
    if (this.#turns.delete(conversation)) this.changed();
  }

  async #follow(from: Conversation, turn: LiveTurn): Promise<void> {
    this.#set(from, turn);
    const start = turn.place ?? turn.question;
    if (start === null) return;
    let conversation = from;
    try {
      for await (const event of this.#api.followTurn(start)) {
        if (event.type === 'turn.completed') this.#retrievals.learn(event.data);
        if (event.type === 'turn.started') conversation = this.#settle(conversation, event.data);
        this.#change(conversation, (now) => advance(now, event));
      }
    } catch (failure) {
      this.#change(conversation, { phase: 'refused', failure });
    }
  }

  /** Moves a first question's turn to the session that it created. */
  #settle(conversation: Conversation, { session_id }: TurnPlace): SessionId {
    const turn = this.of('new');
    if (conversation === 'new' && turn !== null) {
      this.#turns.delete('new');
      this.#set(session_id, turn);
      this.#onSessionStarted(session_id);
    }
    return session_id;
  }

  #change(conversation: Conversation, change: Partial<LiveTurn> | ((turn: LiveTurn) => LiveTurn)): void {
    const turn = this.of(conversation);
    if (turn !== null) this.#set(conversation, typeof change === 'function' ? change(turn) : { ...turn, ...change });
  }

  #set(conversation: Conversation, turn: LiveTurn): void {
    const before = this.#turns.get(conversation);
    this.#turns.set(conversation, turn);
    if (turn.place !== null && turn.phase !== before?.phase) announceNews(turn.place.session_id);
    this.changed();
  }
}
