import { ApiError } from '../../sdk/api-error.ts';
import { note, print } from '../lib/output.ts';
import type { ImportResult, Outcome } from './import-file.ts';

/** What came of each file, told as it happens and once more at the end. */
export class ImportReport {
  readonly #files: readonly string[];
  readonly #outcomes = new Map<string, Outcome>();
  readonly #quiet: boolean;
  #wereThere = 0;

  /** @param quiet for programs, which read the outcomes */
  constructor(files: readonly string[], quiet: boolean) {
    this.#files = files;
    this.#quiet = quiet;
  }

  /** In the order of the files. */
  get outcomes(): Outcome[] {
    return this.#files.flatMap((file) => this.#outcomes.get(file) ?? []);
  }

  get failed(): Outcome[] {
    return this.outcomes.filter(({ status }) => status === 'failed');
  }

  add({ outcome, wasThere }: ImportResult): void {
    this.#outcomes.set(outcome.file, outcome);
    if (wasThere) this.#wereThere++;
    if (this.#quiet) return;
    const { file, recording_id, status, error } = outcome;
    if (status === 'completed') print(`${recording_id}  ${file}`);
    else note(`error: ${file}: ${error}`);
  }

  /** Files that were not tried, because none can come in any more. */
  skip(files: readonly string[]): void {
    const error = 'Not tried, because the file before it could not be sent.';
    for (const file of files)
      this.#outcomes.set(file, { file, recording_id: null, transcription_id: null, status: 'failed', error });
  }

  /** Says at the end what failed, which may have scrolled away. */
  sum(): void {
    const count = this.#files.length;
    if (count === 1) return;
    const { failed } = this;
    const before = this.#wereThere > 0 ? ` (${this.#wereThere} of them by an earlier import)` : '';
    note(`${count - failed.length} of ${count} files are imported${before}.`);
    if (failed.length === 0) return;
    note(`${failed.length} failed:`);
    for (const { file, error } of failed) note(`  ${file}: ${error}`);
  }
}

/** Whether what failed for one file fails for all: nobody answers, or the key may not import. */
export function stopsAll(failure: unknown): boolean {
  return failure instanceof ApiError && [0, 401, 403].includes(failure.status);
}
