import type { ApiClient } from '../../../sdk/api-client.ts';
import type { EndUserId, Recording, RecordingId } from '../../../sdk/wire-types.ts';
import { apiQuery, type ListQuery } from '../lib/list-query.ts';
import { Observable } from '../lib/observable.ts';
import type { RecordingNames } from './recording-names.ts';

const REFRESH_MS = 800;

/**
 * The list of recordings as far as it was read, with its ticks and its place. It outlives the view, so that whoever comes
 * back finds all of it as it was.
 */
export class RecordingList extends Observable {
  readonly #api: ApiClient;
  readonly #names: RecordingNames;
  #whose: EndUserId | null | undefined;
  #query: ListQuery = {};
  #cursor: string | null = null;
  /** Only the latest request may show its result. */
  #latest = 0;
  #refresh: ReturnType<typeof setTimeout> | undefined;
  items: readonly Recording[] | null = null;
  failure: unknown = null;
  loading = false;
  /** What is chosen, by its name; it stays chosen when a filter hides it. */
  ticks: ReadonlyMap<RecordingId, Recording> = new Map();
  /** Where the reader was in the page, in pixels. */
  place = 0;

  constructor(api: ApiClient, names: RecordingNames) {
    super();
    this.#api = api;
    this.#names = names;
  }

  /** Lists what is asked for, unless it does already. */
  show(query: ListQuery, whose: EndUserId | null): void {
    if (whose !== this.#whose) this.ticks = new Map();
    else if (JSON.stringify(query) === JSON.stringify(this.#query)) return;
    this.#whose = whose;
    this.#query = query;
    this.items = null;
    this.place = 0;
    void this.#load(null);
  }

  /** Reads the next page; does nothing at the end. */
  more(): void {
    if (!this.loading && this.#cursor !== null) void this.#load(this.#cursor);
  }

  get isWhole(): boolean {
    return this.items !== null && this.#cursor === null;
  }

  /** Tries again what failed. */
  retry(): void {
    void this.#load(this.items === null ? null : this.#cursor);
  }

  /** Looks for what is new, soon: the first page is read again, and what was read beyond it stays. */
  refresh(): void {
    this.#refresh ??= setTimeout(async () => {
      this.#refresh = undefined;
      if (this.loading || this.items === null) return;
      const mine = this.#latest;
      const page = await this.#page(null).catch(() => null);
      if (page === null || mine !== this.#latest) return;
      this.#names.learn(page.data);
      const isWhole = page.next_cursor === null;
      const known = new Set(page.data.map(({ id }) => id));
      this.items = isWhole ? page.data : [...page.data, ...this.items.filter(({ id }) => !known.has(id))];
      this.#cursor = isWhole ? null : (this.#cursor ?? page.next_cursor);
      this.changed();
    }, REFRESH_MS);
  }

  replace(recording: Recording): void {
    this.#names.learn([recording]);
    this.items = this.items?.map((each) => (each.id === recording.id ? recording : each)) ?? null;
    if (this.ticks.has(recording.id)) this.ticks = new Map(this.ticks).set(recording.id, recording);
    this.changed();
  }

  remove(ids: readonly RecordingId[]): void {
    this.items = this.items?.filter(({ id }) => !ids.includes(id)) ?? null;
    this.ticks = new Map([...this.ticks].filter(([id]) => !ids.includes(id)));
    this.changed();
  }

  tick(recordings: readonly Recording[], on: boolean): void {
    const ticks = new Map(this.ticks);
    for (const recording of recordings) {
      if (on) ticks.set(recording.id, recording);
      else ticks.delete(recording.id);
    }
    this.ticks = ticks;
    this.changed();
  }

  async #load(from: string | null): Promise<void> {
    const mine = ++this.#latest;
    this.loading = true;
    this.failure = null;
    this.changed();
    try {
      const page = await this.#page(from);
      if (mine !== this.#latest) return;
      this.#names.learn(page.data);
      const before = from === null ? [] : (this.items ?? []);
      // A recording that was imported since may have moved another one on to this page.
      const known = new Set(before.map(({ id }) => id));
      this.items = [...before, ...page.data.filter(({ id }) => !known.has(id))];
      this.#cursor = page.next_cursor;
    } catch (failure) {
      if (mine === this.#latest) this.failure = failure;
    }
    if (mine !== this.#latest) return;
    this.loading = false;
    this.changed();
  }

  #page(cursor: string | null) {
    const query = apiQuery(this.#query, this.#whose ?? null);
    if (cursor !== null) query.set('cursor', cursor);
    return this.#api.recordings(query.toString());
  }
}
