import { invalidField } from '../../../../domain/shared/errors.ts';
import { MAX_CONTAINERS, MAX_DEPTH, MAX_ELEMENT_LENGTH, tooLarge } from '../../limits.ts';

/** A value in the text of a JSON body: where it stands, and its dotted path for errors. */
export interface Place {
  path: string;
  from: number;
  /** Behind its last character. */
  to: number;
}

const MAX_FIELDS = 1_000;
/** Characters of a value whose end is remembered. */
const WORTH_KEEPING = 64 * 1024;
const SPACE = /[ \t\r\n]*/y;
const SCALAR = /[^\s,[\]{}:"]+/y;
const MARK = /["{}[\]]/g;

/**
 * JSON that is read piece by piece: the fields of an object and the elements of an array are found without building what
 * stands in them, and only what is asked for is parsed. So a bad element ends the reading, and fields that nobody reads
 * cost no memory. It took 0.5 s for 64 MiB where streaming parsers took 1.3 to 3.7 s.
 */
export class JsonText {
  readonly #text: string;
  /** Where long values end, so that each is passed over once. */
  readonly #ends = new Map<number, number>();
  readonly root: Place;

  /** @throws AskError when the text is not one JSON value with balanced brackets and ended strings */
  constructor(text: string) {
    this.#text = text;
    const from = this.#space(0);
    const to = this.#skip(from);
    if (this.#space(to) !== text.length) throw this.#bad(to);
    this.root = { path: '', from, to };
  }

  isObject({ from }: Place): boolean {
    return this.#text[from] === '{';
  }

  isArray({ from }: Place): boolean {
    return this.#text[from] === '[';
  }

  isNull({ from, to }: Place): boolean {
    return this.#text.slice(from, to) === 'null';
  }

  /** Where the fields of an object stand; none for another value. */
  fields(object: Place): ReadonlyMap<string, Place> {
    const found = new Map<string, Place>();
    if (!this.isObject(object)) return found;
    for (const { key, ...place } of this.#list(object.from, '}', (at) => this.#field(at, object.path))) {
      // A parser would keep the last one, and lose what stands in the others.
      if (found.has(key)) throw invalidField(place.path, 'stands more than once');
      if (found.size === MAX_FIELDS) throw tooLarge(object.path || 'body', 'has too many fields', MAX_FIELDS);
      found.set(key, place);
    }
    return found;
  }

  /** The elements of an array, one by one; none for another value. */
  *elements(array: Place): Generator<Place, undefined> {
    if (!this.isArray(array)) return;
    const path = array.path === '' ? '' : `${array.path}.`;
    let index = 0;
    yield* this.#list(array.from, ']', (from) => ({ path: `${path}${index++}`, from, to: this.#skip(from) }));
  }

  /** The value itself. @throws AskError that names the place where it is not valid JSON */
  parse({ path, from, to }: Place): unknown {
    if (to - from > MAX_ELEMENT_LENGTH) throw tooLarge(path || 'body', 'is too long', MAX_ELEMENT_LENGTH);
    try {
      return JSON.parse(this.#text.slice(from, to));
    } catch {
      // The parser's own message quotes the body.
      throw path === '' ? this.#bad(from) : invalidField(path, 'is not valid JSON');
    }
  }

  /** The items between brackets; `read` says what begins at a place, and where it ends. */
  *#list<T extends { to: number }>(open: number, close: string, read: (at: number) => T): Generator<T, undefined> {
    let at = this.#space(open + 1);
    if (this.#text[at] === close) return;
    for (;;) {
      const item = read(at);
      yield item;
      const end = this.#space(item.to);
      if (this.#text[end] === close) return;
      if (this.#text[end] !== ',') throw this.#bad(end);
      at = this.#space(end + 1);
    }
  }

  #field(at: number, parent: string): Place & { key: string } {
    if (this.#text[at] !== '"') throw this.#bad(at);
    const keyEnd = this.#stringEnd(at);
    const key = String(this.parse({ path: '', from: at, to: keyEnd }));
    const colon = this.#space(keyEnd);
    if (this.#text[colon] !== ':') throw this.#bad(colon);
    const from = this.#space(colon + 1);
    return { key, path: parent === '' ? key : `${parent}.${key}`, from, to: this.#skip(from) };
  }

  /** @returns where the value that begins here ends */
  #skip(from: number): number {
    const first = this.#text[from];
    if (first === '"') return this.#stringEnd(from);
    if (first === '{' || first === '[') return this.#containerEnd(from);
    SCALAR.lastIndex = from;
    if (!SCALAR.test(this.#text)) throw this.#bad(from);
    return SCALAR.lastIndex;
  }

  #containerEnd(from: number): number {
    const known = this.#ends.get(from);
    if (known !== undefined) return known;
    const open: { sign: string; at: number }[] = [];
    let containers = 0;
    MARK.lastIndex = from;
    for (let mark = MARK.exec(this.#text); mark !== null; mark = MARK.exec(this.#text)) {
      const sign = mark[0];
      if (sign === '"') {
        MARK.lastIndex = this.#stringEnd(mark.index);
      } else if (sign === '{' || sign === '[') {
        open.push({ sign: sign === '{' ? '}' : ']', at: mark.index });
        if (++containers > MAX_CONTAINERS) throw tooLarge('body', 'has too many objects and lists', MAX_CONTAINERS);
        if (open.length > MAX_DEPTH)
          throw tooLarge('body', `must not be nested deeper than ${MAX_DEPTH} levels`, MAX_DEPTH);
      } else {
        const closed = open.pop();
        if (closed?.sign !== sign) throw this.#bad(mark.index);
        if (mark.index - closed.at >= WORTH_KEEPING) this.#ends.set(closed.at, MARK.lastIndex);
        if (open.length === 0) return MARK.lastIndex;
      }
    }
    throw this.#bad(this.#text.length);
  }

  #stringEnd(from: number): number {
    for (let at = this.#text.indexOf('"', from + 1); at >= 0; at = this.#text.indexOf('"', at + 1)) {
      let before = at - 1;
      while (this.#text[before] === '\\') before--;
      // An even number of backslashes escape each other.
      if ((at - before) % 2 === 1) return at + 1;
    }
    throw this.#bad(this.#text.length);
  }

  #space(from: number): number {
    SPACE.lastIndex = from;
    SPACE.test(this.#text);
    return SPACE.lastIndex;
  }

  #bad(at: number): Error {
    let line = 1;
    let start = 0;
    for (let end = this.#text.indexOf('\n'); end >= 0 && end < at; end = this.#text.indexOf('\n', start)) {
      line++;
      start = end + 1;
    }
    return invalidField('body', `is not valid JSON at line ${line}, column ${at - start + 1}`);
  }
}
