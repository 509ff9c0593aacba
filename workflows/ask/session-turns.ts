import type { ContextReference } from '../../src/domain/answering/context-reference.ts';
import type { NewSession } from '../../src/domain/ask/session.ts';
import { isFinished, type RunResult, type Turn, type TurnError } from '../../src/domain/ask/turn.ts';
import type { MessageId, SessionId, TurnId } from '../../src/domain/shared/ids.ts';
import type { TurnRequest, TurnSnapshot } from '../contract.ts';

/** Finished turns whose answers the run keeps for the query; older ones are read from the database. */
const REMEMBERED = 10;

interface Entry extends TurnSnapshot {
  turn: Turn;
  cancelRequested: boolean;
  stop: () => void;
}

/**
 * The state of one session run: whether the session is stored, which turn is next, how far each one is, whether it was
 * cancelled, and what came of it. Knows nothing of Temporal.
 */
export class SessionTurns {
  readonly #sessionId: SessionId;
  #unstored: NewSession | null;
  readonly #entries = new Map<TurnId, Entry>();
  #tail: Promise<void> = Promise.resolve();
  #arrived = 0;
  #sessionSeemsGone = false;
  #waiting = 0;

  /** @param unstored the session, when this run has to store it */
  constructor(sessionId: SessionId, unstored: NewSession | null) {
    this.#sessionId = sessionId;
    this.#unstored = unstored;
  }

  /** The session while it is not stored; null once it is. */
  get unstored(): NewSession | null {
    return this.#unstored;
  }

  stored(): void {
    this.#unstored = null;
  }

  /** Whether something of the session was not found. A session that was deleted before this run began shows itself so. */
  get sessionSeemsGone(): boolean {
    return this.#sessionSeemsGone;
  }

  noteFailure({ kind }: TurnError): void {
    if (kind === 'not_found') this.#sessionSeemsGone = true;
  }

  /** Turns that wait or run. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Runs `work` after all turns that arrived before. Must be called before any await, because the order of the calls is the order of arrival. */
  async inOrder<T>(request: TurnRequest, work: () => Promise<T>): Promise<T> {
    this.#arrived++;
    this.#waiting++;
    this.#admit(request);
    const previous = this.#tail;
    const running = previous.then(work);
    this.#tail = running.then(noop, noop);
    try {
      return await running;
    } finally {
      this.#waiting--;
      this.#forgetOldest();
    }
  }

  /** The message that the turn really answers: it may be an earlier, unanswered one. */
  adopt(id: TurnId, messageId: MessageId): void {
    this.#turn(id).messageId = messageId;
  }

  retrieving(id: TurnId): void {
    this.#turn(id).status = 'retrieving';
  }

  /** What the answer will rest on is known; the model is asked. */
  found(id: TurnId, context: ContextReference): void {
    const entry = this.#entry(id);
    entry.turn.status = 'generating';
    entry.context = context;
  }

  complete(id: TurnId, result: RunResult): void {
    const entry = this.#entry(id);
    entry.turn.status = 'completed';
    entry.turn.error = null;
    entry.turn.completedAt = result.message.createdAt;
    entry.result = result;
    entry.context = null;
  }

  fail(id: TurnId, status: 'failed' | 'cancelled', error: TurnError): void {
    const entry = this.#entry(id);
    Object.assign(entry.turn, { status, error });
    this.noteFailure(error);
    entry.context = null;
  }

  /** Stops a turn that is not over. One that waits in the queue stops when it runs. */
  requestCancel(id: TurnId): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || isFinished(entry.turn.status)) return;
    entry.cancelRequested = true;
    entry.stop();
  }

  /** What stops the turn from now on. */
  onCancel(id: TurnId, stop: () => void): void {
    this.#entry(id).stop = stop;
  }

  cancelRequested(id: TurnId): boolean {
    return this.#entries.get(id)?.cancelRequested ?? false;
  }

  isOver(id: TurnId): boolean {
    const entry = this.#entries.get(id);
    return entry === undefined || isFinished(entry.turn.status);
  }

  turn(id: TurnId): Turn {
    return this.#turn(id);
  }

  snapshot(id: TurnId): TurnSnapshot {
    const entry = this.#entries.get(id);
    if (entry === undefined) return { turn: null, result: null, context: null };
    return { turn: entry.turn, result: entry.result, context: entry.context };
  }

  /** What operators read in the Temporal UI: ids and states, never what people said. */
  describe(step: string): string {
    const running = [...this.#entries.values()].find(({ turn }) => !isFinished(turn.status));
    if (running === undefined) return `Idle after ${this.#arrived} turns of this run. ${this.#lastOutcome()}`;
    const number = this.#arrived - this.#waiting + 1;
    return `Turn ${number} of this run (${running.turn.id}): ${step}. ${this.#waiting - 1} more waiting.`;
  }

  #lastOutcome(): string {
    const last = [...this.#entries.values()].at(-1)?.turn;
    return last === undefined ? 'None was asked yet.' : `The last one (${last.id}) is ${last.status}.`;
  }

  #admit({ turnId, question }: TurnRequest): void {
    const turn: Turn = {
      id: turnId,
      sessionId: this.#sessionId,
      messageId: question.id,
      status: 'queued',
      attempt: 0,
      error: null,
      createdAt: question.createdAt,
      completedAt: null,
    };
    // A failed turn that is run again starts anew, at the end of the line.
    this.#entries.delete(turnId);
    this.#entries.set(turnId, { turn, result: null, context: null, cancelRequested: false, stop: noop });
  }

  #forgetOldest(): void {
    const finished = [...this.#entries].filter(([, entry]) => isFinished(entry.turn.status));
    for (const [id] of finished.slice(0, -REMEMBERED)) this.#entries.delete(id);
  }

  #entry(id: TurnId): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new RangeError(`turn ${id} never arrived`);
    return entry;
  }

  #turn(id: TurnId): Turn {
    return this.#entry(id).turn;
  }
}

function noop(): void {}
