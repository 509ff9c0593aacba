import type { CitedLine, GroundingInput } from './grounding-input.ts';
import type { Language } from './languages.ts';
import { daysOf, type PartOfDate, statedDates } from './pieces/dates.ts';
import { statedNumbers } from './pieces/numbers.ts';
import { statedOrdinals } from './pieces/ordinals.ts';
import { spokenLengths } from './pieces/spoken-lengths.ts';
import { spokenShares } from './pieces/spoken-shares.ts';
import { statedTimes } from './pieces/times.ts';
import { joinLetters } from './sentences.ts';

export interface Languages {
  answer: Language;
  lines: readonly Language[];
}

/** What lines state, each kind read when it is first needed. */
export interface Stated {
  lines: readonly CitedLine[];
  /** The words of the lines, their titles and the question. */
  texts: readonly string[];
  numbers(): ReadonlySet<number>;
  /** Places in an order, and numbers that may be meant so. */
  ordinals(): ReadonlySet<number>;
  dates(): readonly PartOfDate[];
  times(): readonly number[];
  /** Lengths of time, each as a number of every unit. */
  lengths(): ReadonlySet<number>;
}

/** Gives what lines state together with the question; what a line states is read once. */
export function statedReader(
  { question, timeZone }: GroundingInput,
  languages: Languages,
): (lines: readonly CitedLine[]) => Stated {
  const all = [...new Set([languages.answer, ...languages.lines])];
  const asked = {
    numbers: once(() => statedNumbers(question, all)),
    times: once(() => statedTimes(question, all)),
    /** By when the recording was started from which its days are reckoned. */
    dates: perKey((recordedAt: string | null) => statedDates(question, recordedAt, all)),
  };
  const ofLine = perKey(({ text, title, recordedAt }: CitedLine) => {
    const said = joinLetters(text);
    const lengths = once(() => spokenLengths(said, languages.lines));
    return {
      said,
      lengths,
      numbers: once(() => [
        // One language after another: "eighty cents" are no French hundreds.
        ...languages.lines.flatMap((language) => statedNumbers(said, [language])),
        ...spokenShares(said, languages.lines),
        ...lengths(),
        ...statedOrdinals(said).filter((value) => value > 20),
        ...statedNumbers(title ?? '', all),
      ]),
      ordinals: once(() => [...statedOrdinals(`${said}\n${title ?? ''}`), ...statedNumbers(said, languages.lines)]),
      times: once(() => [...statedTimes(said, languages.lines), ...statedTimes(title ?? '', all)]),
      dates: once(() => [
        ...(recordedAt === null ? [] : daysOf(recordedAt, timeZone)),
        ...statedDates(`${said}\n${title ?? ''}`, recordedAt, languages.lines),
        ...asked.dates(recordedAt),
      ]),
    };
  });
  return (lines) => {
    const facts = lines.map(ofLine);
    return {
      lines,
      texts: [...facts.map(({ said }) => said), ...lines.flatMap(({ title }) => title ?? []), question],
      numbers: once(() => new Set([...facts.flatMap(({ numbers }) => numbers()), ...asked.numbers()])),
      ordinals: once(() => new Set([...facts.flatMap(({ ordinals }) => ordinals()), ...statedOrdinals(question)])),
      times: once(() => [...facts.flatMap(({ times }) => times()), ...asked.times()]),
      lengths: once(() => new Set(facts.flatMap(({ lengths }) => lengths()))),
      dates: once(() => facts.flatMap(({ dates }) => dates())),
    };
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function perKey<K, T>(make: (key: K) => T): (key: K) => T {
  const made = new Map<K, T>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
