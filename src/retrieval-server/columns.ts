import type { RecordTest, Test, Where } from './pinecone/filter.ts';
import type { Metadata } from './store/record-store.ts';

/** Calls `each` with the number and the metadata of all records. */
type ReadAll = (each: (record: number, metadata: Metadata) => void) => void;

/**
 * The fields of a namespace's records that filters have named so far, so that a filter reads no metadata. A field is read from
 * all records when a filter names it for the first time.
 */
export class Columns {
  readonly #readAll: ReadAll;
  readonly #columns = new Map<string, Column>();

  constructor(readAll: ReadAll) {
    this.#readAll = readAll;
  }

  /** @param metadata of the record with this number, which is new or has changed */
  set(record: number, metadata: Metadata): void {
    for (const [field, column] of this.#columns) column.set(record, metadata[field]);
  }

  readonly where: Where = (field, accepts) => {
    const column = this.#columns.get(field) ?? this.#read(field);
    return column.where(accepts);
  };

  #read(field: string): Column {
    const column = new Column();
    this.#readAll((record, metadata) => column.set(record, metadata[field]));
    this.#columns.set(field, column);
    return column;
  }
}

/** One field of all records. Equal values are held once, and a test judges each once. */
class Column {
  readonly #values: unknown[] = [];
  readonly #numbers = new Map<string | undefined, number>();
  readonly #numberOf: number[] = [];

  set(record: number, value: unknown): void {
    const json = JSON.stringify(value);
    const number = this.#numbers.get(json) ?? this.#values.push(value) - 1;
    this.#numbers.set(json, number);
    this.#numberOf[record] = number;
  }

  where(accepts: Test): RecordTest {
    const verdicts = this.#values.map(accepts);
    return (record) => verdicts[this.#numberOf[record] ?? -1] === true;
  }
}
