import type { ApiClient } from '../../../sdk/api-client.ts';
import type { EndUser } from '../../../sdk/wire-types.ts';
import { Observable } from '../lib/observable.ts';
import { type ImportState, importFile } from './import-file.ts';

export interface Import {
  number: number;
  file: string;
  state: ImportState | { step: 'waiting' };
}

/** How many files are imported at once. The service limits requests a minute. */
const AT_ONCE = 3;

/** The files that are imported in this tab, in the order in which they came. */
export class Imports extends Observable {
  readonly #api: ApiClient;
  #all: readonly Import[] = [];
  #waiting: (() => Promise<void>)[] = [];
  #underWay = 0;

  constructor(api: ApiClient) {
    super();
    this.#api = api;
  }

  get all(): readonly Import[] {
    return this.#all;
  }

  /** Grows whenever there is something new to see in the list of recordings. */
  get news(): number {
    const count = (step: Import['state']['step']) => this.#all.filter(({ state }) => state.step === step).length;
    return count('indexing') + 2 * count('completed');
  }

  /** @param owner whose recordings they become; null: that of the key */
  add(files: readonly File[], owner: () => Promise<EndUser | null>): void {
    for (const file of files) {
      const number = this.#all.length;
      this.#all = [...this.#all, { number, file: file.name, state: { step: 'waiting' } }];
      this.#waiting.push(() => this.#import(number, file, owner));
    }
    this.changed();
    this.#startNext();
  }

  #startNext(): void {
    while (this.#underWay < AT_ONCE) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#underWay++;
      void next().finally(() => {
        this.#underWay--;
        this.#startNext();
      });
    }
  }

  async #import(number: number, file: File, owner: () => Promise<EndUser | null>): Promise<void> {
    const report = (state: ImportState) => {
      this.#all = this.#all.map((each) => (each.number === number ? { ...each, state } : each));
      this.changed();
    };
    try {
      await importFile(this.#api, (await owner())?.id ?? null, file, report);
    } catch (failure) {
      report({ step: 'failed', failure });
    }
  }
}
