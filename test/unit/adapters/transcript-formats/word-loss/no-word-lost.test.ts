import fc from 'fast-check';
import { read, told } from '../read.ts';
import {
  bareSubRip,
  json,
  type Printer,
  quirks,
  type SaidCue,
  saidCues,
  subRip,
  subViewer,
  textBlocks,
  webVtt,
} from './printers.ts';
import { servicePrinters } from './service-printers.ts';
import { toolPrinters } from './tool-printers.ts';
import { saidWords, wordPrinters } from './word-printers.ts';

const asSegments = (cues: SaidCue[]) =>
  cues.map(({ startMs, endMs, speaker, words }) => ({ startMs, endMs, speaker, text: words.join(' ') }));

const RUNS = { numRuns: 200, seed: 20_260_912 };

describe('no word is lost', () => {
  test.each<[string, Printer, boolean]>([
    ['WebVTT', webVtt, true],
    ['SubRip', subRip, false],
    ['SubRip without numbers and blank lines', bareSubRip, false],
    ['SubViewer', subViewer, false],
    ['the native JSON', json, true],
    ...Object.entries({ ...toolPrinters, ...servicePrinters }).map(([name, printer]): [string, Printer, boolean] => [
      `JSON: ${name}`,
      printer,
      true,
    ]),
  ])('%s: every word comes back in order, with its time and its speaker', (_, { sentAs, print }, nobody) => {
    fc.assert(
      fc.property(saidCues(nobody), quirks, (cues, given) => {
        const { segments } = read(sentAs, print(cues, given));
        expect(segments.map(({ startMs, endMs, speaker, text }) => ({ startMs, endMs, speaker, text }))).toEqual(
          asSegments(cues),
        );
      }),
      RUNS,
    );
  });

  test.each(Object.entries(wordPrinters))(
    'JSON, word by word: %s: every word comes back in order, with its time and its speaker',
    (_, { sentAs, print }) => {
      fc.assert(
        fc.property(saidCues(false), quirks, (cues, given) => {
          const { segments } = read(sentAs, print(cues, given));
          const words = segments.flatMap(({ text, wordStartsMs, speaker }) =>
            text.split(' ').map((word, i) => ({ text: word, startMs: wordStartsMs?.[i], speaker })),
          );
          expect(words).toEqual(saidWords(cues, given));
        }),
        RUNS,
      );
    },
  );

  test.each(Object.entries({ ...toolPrinters, ...servicePrinters, ...wordPrinters }))(
    'JSON with a value of another kind: %s: it is read, or a refusal says what is wrong',
    (_, { sentAs, print }) => {
      fc.assert(
        fc.property(saidCues(true), quirks, fc.nat(), fc.jsonValue({ maxDepth: 1 }), (cues, given, at, value) => {
          // `told` throws what is no refusal.
          expect(told(sentAs, withValue(print(cues, given), at, value))).not.toHaveLength(0);
        }),
        { ...RUNS, numRuns: 100 },
      );
    },
  );

  test('blocks of a time, a name and words: every word comes back, with its second and its speaker', () => {
    fc.assert(
      fc.property(saidCues(false), quirks, fc.constantFrom(...textBlocks), (cues, { newline, mark }, blockOf) => {
        const blocks = cues.map(({ startMs, speaker, words }) =>
          blockOf(minutes(startMs), String(speaker), words.join(' ')),
        );
        const { segments } = read('text', (mark ? '\uFEFF' : '') + blocks.join('').replaceAll('\n', newline));
        expect(segments.map(({ startMs, speaker, text }) => ({ startMs, speaker, text }))).toEqual(
          cues.map(({ startMs, speaker, words }) => ({
            startMs: Math.floor(startMs / 1000) * 1000,
            speaker,
            text: words.join(' '),
          })),
        );
      }),
      RUNS,
    );
  });

  test.each<[string, Printer]>([
    ['WebVTT', webVtt],
    ['SubRip', subRip],
    ['SubRip without numbers and blank lines', bareSubRip],
    ['SubViewer', subViewer],
  ])(
    '%s with a damaged line of times: every word comes back in order, or a 400 names the place',
    (_, { sentAs, print }) => {
      fc.assert(
        fc.property(
          saidCues(false),
          quirks,
          fc.nat(),
          fc.nat(),
          fc.constantFrom('', 'O', ' ', '-', ':', 'x'),
          (cues, given, line, at, sign) => {
            const damaged = damage(print(cues, { ...given, newline: '\n' }), line, at, sign);
            const lines = told(sentAs, damaged);
            if (lines.length === 1 && lines[0]?.startsWith('400 '))
              return expect(lines[0]).toMatch(/^400 (?:cue|line) \d+: |^400 body: must start/);
            const heard = lines.join(' ').split(' ');
            for (const word of cues.flatMap(({ words }) => words)) {
              const found = heard.indexOf(word);
              expect(found).toBeGreaterThanOrEqual(0);
              heard.splice(0, found + 1);
            }
          },
        ),
        { ...RUNS, numRuns: 600 },
      );
    },
  );

  test('automatic captions: every line comes back once', () => {
    const line = fc.array(fc.constantFrom('we', 'moved', 'yes', 'the', 'launch'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 10 }), (lines) => {
        const { segments, dropped } = read('vtt', rolling(lines));
        expect(segments.map(({ text }) => text)).toEqual(lines.map((words) => words.join(' ')));
        expect(dropped).toEqual({ emptyCues: 0, repeats: 2 * lines.length - 1 });
      }),
      RUNS,
    );
  });
});

function minutes(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return (parts[0] === '00' ? parts.slice(1) : parts).join(':');
}

/** Puts a value in the place of another one. */
function withValue(printed: string, at: number, value: unknown): string {
  const everyValue = (replace: (index: number, each: unknown) => unknown) => {
    let index = 0;
    return { body: JSON.parse(printed, (_, each: unknown) => replace(index++, each)), count: index };
  };
  const { count } = everyValue((_, each) => each);
  return JSON.stringify(everyValue((index, each) => (index === at % count ? value : each)).body);
}

/** Puts a sign in the place of a character of one line of times. */
function damage(printed: string, line: number, at: number, sign: string): string {
  const lines = printed.split('\n');
  const times = lines.flatMap((each, index) =>
    /^\d\d.*\d$|^\d\d.*%$/.test(each) && /-->|,\d\d:/.test(each) ? [index] : [],
  );
  const chosen = times[line % times.length] ?? 0;
  const content = lines[chosen] ?? '';
  const place = at % content.length;
  lines[chosen] = content.slice(0, place) + sign + content.slice(place + 1);
  return lines.join('\n');
}

/** As YouTube writes lines: being spoken, held for 10 ms, and again above the next one. */
function rolling(lines: string[][]): string {
  const time = (ms: number) => new Date(ms).toISOString().slice(11, 23);
  const cues = lines.flatMap((words, i) => {
    const [start, end] = [i * 2_000, i * 2_000 + 1_990];
    const spoken = words.map((word, at) => (at === 0 ? word : `<${time(start + at)}><c> ${word}</c>`)).join('');
    const before = lines[i - 1]?.join(' ') ?? ' ';
    // A line of one word has no times of words; YouTube marks it all the same.
    const marked = words.length === 1 ? `${spoken}<${time(start + 1)}>` : spoken;
    return [
      `${time(start)} --> ${time(end)} align:start\n${before}\n${marked}`,
      `${time(end)} --> ${time(end + 10)} align:start\n${words.join(' ')}\n `,
    ];
  });
  return `WEBVTT\nKind: captions\n\n${cues.join('\n\n')}\n`;
}
