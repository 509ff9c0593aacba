import { timecode } from '../../../domain/shared/timecode.ts';
import type { OnAnswer } from '../../sdk/follow-answer.ts';
import type { Moment } from '../../sdk/wire-types.ts';
import type { NameOf } from '../library/recording-names.ts';

/** Shows an answer while it comes: its words, its citations as `[1]`, and at the end the places they point to. */
export class LiveAnswer {
  readonly #write: (text: string) => void;
  readonly #cited = new Map<string, Moment>();
  #inLine = false;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  readonly show: OnAnswer = (event) => {
    if (event.type === 'turn.restarted') return this.#beginAnew();
    if (event.type === 'citation') this.#cited.set(event.data.text, event.data);
    this.#write(event.data.text);
    this.#inLine = true;
  };

  /** Ends the line that is begun, also where the answer broke off. */
  end(): void {
    if (this.#inLine) this.#write('\n');
    this.#inLine = false;
  }

  async showCited(nameOf: NameOf): Promise<void> {
    if (this.#cited.size > 0) this.#write('\n');
    for (const [mark, { recording_id, start_ms }] of this.#cited) {
      this.#write(`${mark} ${await nameOf(recording_id)} ${timecode(start_ms)}\n`);
    }
  }

  #beginAnew(): void {
    this.#cited.clear();
    if (!this.#inLine) return;
    this.end();
    this.#write('(The model began the answer anew.)\n');
  }
}
