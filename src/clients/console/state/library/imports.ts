import type { ApiClient } from '../../../sdk/api-client.ts';
import type { EndUser, Recording } from '../../../sdk/wire-types.ts';
import { Observable } from '../lib/observable.ts';
import { type ImportState, importFile } from './import-file.ts';

export interface Import {
  number: number;
  file: File;
  state: ImportState | { step: 'waiting' };
}

/** Whose recordings the files become; null: those of the key's own end user. */
type Owner = () => Promise<EndUser | null>;

/** How many files are imported at once. The service limits requests a minute. */
const AT_ONCE = 3;

/** The files that are imported in this tab, in the order in which they came. */
export class Imports extends Observable {
  readonly #api: ApiClient;
  readonly #owners: Owner[] = [];
  #all: readonly Import[] = [];
  #waiting: (() => Promise<void>)[] = [];
  #underWay = 0;
  /** Grows whenever there is something new to see in the list of recordings. */
  news = 0;

  constructor(api: ApiClient) {
    super();
    this.#api = api;
  }

  get all(): readonly Import[] {
    return this.#all;
  }

  add(files: readonly File[], owner: Owner): void {
    for (const file of files) {
      const number = this.#owners.push(owner) - 1;
      this.#all = [...this.#all, { number, file, state: { step: 'waiting' } }];
      this.#waiting.push(() => this.#import({ number, file }, null));
    }
    this.changed();
    this.#startNext();
  }

  /** Forgets what has ended. */
  clear(): void {
    this.#all = this.#all.filter(({ state }) => state.step !== 'completed' && state.step !== 'failed');
    this.changed();
  }

  /** Imports a file that failed once more. */
  retry({ number, file, state }: Import): void {
    const left = state.step === 'failed' ? state.recording : null;
    this.#set(number, { step: 'waiting' });
    this.#waiting.push(() => this.#import({ number, file }, left));
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

  async #import({ number, file }: Pick<Import, 'number' | 'file'>, recording: Recording | null): Promise<void> {
    const report = (state: ImportState) => this.#set(number, state);
    try {
      const owner = await this.#owners[number]?.();
      await importFile(this.#api, { file, endUserId: owner?.id ?? null, recording }, report);
    } catch (failure) {
      report({ step: 'failed', failure, recording });
    }
  }

  #set(number: number, state: Import['state']): void {
    this.#all = this.#all.map((each) => (each.number === number ? { ...each, state } : each));
    if (isNews(state)) this.news++;
    this.changed();
  }
}

function isNews({ step }: Import['state']): boolean {
  return step === 'indexing' || step === 'completed' || step === 'failed';
}
