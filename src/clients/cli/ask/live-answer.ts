import { timecode } from '../../../domain/shared/timecode.ts';
import type { OnAnswer } from '../../sdk/follow-answer.ts';
import type { Moment } from '../../sdk/wire-types.ts';
import { printable } from '../lib/output.ts';
import type { AnswerOutput } from '../lib/terminal-markdown.ts';
import type { NameOf } from '../library/recording-names.ts';

/** Shows an answer while it comes: its words, its citations as `[1]`, and at the end the places they point to. */
export class LiveAnswer {
  readonly #output: AnswerOutput;
  readonly #cited = new Map<string, Moment>();
  #inAnswer = false;

  constructor(output: AnswerOutput) {
    this.#output = output;
  }

  readonly show: OnAnswer = (event) => {
    if (event.type === 'turn.started') return;
    if (event.type === 'turn.restarted') return this.#beginAnew();
    if (event.type === 'citation') this.#cited.set(event.data.text, event.data);
    this.#output.push(printable(event.data.text));
    this.#inAnswer = true;
  };

  /** Ends what is begun, also where the answer broke off. */
  end(): void {
    if (this.#inAnswer) this.#output.finish();
    this.#inAnswer = false;
  }

  async showCited(nameOf: NameOf): Promise<void> {
    if (this.#cited.size > 0) this.#output.write('\n');
    for (const [mark, { recording_id, start_ms }] of this.#cited) {
      this.#output.write(printable(`${mark} ${await nameOf(recording_id)} ${timecode(start_ms)}\n`));
    }
  }

  #beginAnew(): void {
    this.#cited.clear();
    if (!this.#inAnswer) return;
    this.end();
    this.#output.write('(The model began the answer anew.)\n');
  }
}
