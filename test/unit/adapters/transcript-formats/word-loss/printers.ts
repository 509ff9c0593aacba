import fc from 'fast-check';
import type { SentAs } from '../read.ts';

/** A cue as it was said: one speaker, words. */
export interface SaidCue {
  startMs: number;
  endMs: number;
  speaker: string | null;
  words: string[];
}

/** How a file is written: each cue takes the next of these numbers for its own quirks. */
export interface Quirks {
  newline: string;
  mark: boolean;
  dice: number[];
}

const WORDS = fc.constantFrom(
  ...[
    'plan',
    'a<b',
    'R&D',
    '5',
    '>',
    '3',
    '&amp;',
    'naïve',
    '日本',
    '"quoted"',
    '{curly}',
    'NOTE',
    'STYLE',
    'Note:',
    '42',
    '1999',
    '7719',
  ],
  ...[
    '10:30',
    '[1]',
    '(laughs)',
    'x.y',
    'C:\\New',
    '<bob@example.org>',
    'yes',
    'yes',
    'Question:',
    'שלום',
    'مرحبا',
    '👩‍💻',
    '-',
    '...',
  ],
);
const NAMES = ['Ana López', 'Ben', 'SPEAKER_00', '王芳', 'Dr. Ng', 'Ludwig van Dyck', 'أحمد'] as const;

/** @param nobody whether cues may have no speaker */
export const saidCues = (nobody: boolean) =>
  fc
    .array(
      fc.record({
        gap: fc.integer({ min: 0, max: 4_000_000 }),
        length: fc.integer({ min: 200, max: 9_000 }),
        speaker: nobody ? fc.constantFrom(null, ...NAMES) : fc.constantFrom(...NAMES),
        words: fc.array(WORDS, { minLength: 1, maxLength: 9 }),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .map((cues) => {
      let at = 0;
      return cues.map(({ gap, length, speaker, words }): SaidCue => {
        const startMs = at + gap;
        at = startMs + length;
        // A text without letters may look like an ornament of the file; it begins with a word.
        return { startMs, endMs: at, speaker, words: ['so', ...words] };
      });
    });

export const quirks: fc.Arbitrary<Quirks> = fc.record({
  newline: fc.constantFrom('\n', '\r\n', '\r', '\r\r\n'),
  mark: fc.boolean(),
  dice: fc.array(fc.nat(999), { minLength: 24, maxLength: 24 }),
});

export type Printer = { sentAs: SentAs; print(cues: SaidCue[], quirks: Quirks): string };

const clock = (ms: number, point: string) => {
  const [hours, rest] = [Math.floor(ms / 3_600_000), new Date(ms % 3_600_000).toISOString().slice(14, 23)];
  return `${String(hours).padStart(2, '0')}:${rest.replace('.', point)}`;
};
const escaped = (words: string[]) =>
  words.map((word) => word.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));

/** The words on one line or two, some in tags. */
function text(words: string[], die: number): string {
  const tagged = escaped(words).map((word, i) =>
    (die + i) % 5 === 0 ? `<${'bic'[i % 3]}>${word}</${'bic'[i % 3]}>` : word,
  );
  const cut = die % 3 === 0 && words.length > 3 ? 2 : 0;
  return cut === 0 ? tagged.join(' ') : `${tagged.slice(0, cut).join('  ')}\n${tagged.slice(cut).join(' ')}`;
}

const file = ({ newline, mark }: Quirks, content: string) => (mark ? '\uFEFF' : '') + content.replaceAll('\n', newline);

const HEADERS = [
  'WEBVTT',
  'WEBVTT weekly\nKind: captions',
  'webvtt',
  '\n \nWEBVTT',
  'WEBVTT - weekly',
  ' WebVTT: weekly',
];

export const webVtt: Printer = {
  sentAs: 'vtt',
  print(cues, given) {
    const ids = ['', '', '9c1f-0f/1-0\n', 'NOTE Confidence: 0.9\n', '-- >\n', 'STYLE\n', ' \n', '12\n'];
    const blocks = cues.map(({ startMs, endMs, speaker, words }, i) => {
      const die = given.dice[i] ?? 0;
      const note = die % 7 === 0 ? `NOTE checked\n${die}\n\n` : '';
      const next = die % 13 === 0 ? 'WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n\n' : '';
      const settings = die % 4 === 0 ? ' align:start position:0%' : '';
      const said =
        speaker === null
          ? text(words, die)
          : `<v${die % 2 ? '.loud' : ''} ${speaker}>${text(words, die)}${die % 3 ? '</v>' : ''}`;
      const blank = die % 11 === 0 ? ' \n' : '';
      return `${next}${note}${ids[die % ids.length]}${clock(startMs, '.')} --> ${clock(endMs, '.')}${settings}\n${blank}${said}\n`;
    });
    const header = HEADERS[(given.dice[20] ?? 0) % HEADERS.length] ?? '';
    return file(given, `${header}\n\n${blocks.join('\n')}`);
  },
};

export const subRip: Printer = {
  sentAs: 'srt',
  print(cues, given) {
    const numbered = (given.dice[21] ?? 0) % 3 !== 0;
    const prefix = ['', '- ', '>> '][(given.dice[22] ?? 0) % 3];
    const blocks = cues.map(({ startMs, endMs, speaker, words }, i) => {
      const die = given.dice[i] ?? 0;
      const number = numbered && die % 6 !== 0 ? `${i + 1}\n` : '';
      const below = die % 9 === 0 ? '\n' : '';
      const said = `${prefix}${speaker}: ${text(words, die)}`;
      const gap = ['\n', ' \n', '\n\n\n'][die % 3];
      return `${number}${clock(startMs, ',')} --> ${clock(endMs, die % 2 ? ',' : '.')}\n${below}${said}\n${gap}`;
    });
    return file(given, blocks.join(''));
  },
};

/** SubRip as models write it: no numbers, no blank lines. */
export const bareSubRip: Printer = {
  sentAs: 'srt',
  print: (cues, given) =>
    file(
      given,
      cues
        .map(
          ({ startMs, endMs, speaker, words }) =>
            `${clock(startMs, ',')} --> ${clock(endMs, ',')}\n[${speaker}]: ${escaped(words).join(' ')}\n`,
        )
        .join(''),
    ),
};

export const subViewer: Printer = {
  sentAs: 'text',
  print: (cues, given) =>
    file(
      given,
      cues
        .map(
          ({ startMs, endMs, speaker, words }) =>
            `${clock(startMs, '.')},${clock(endMs, '.')}\n${speaker}: ${escaped(words).join(' ')}\n\n`,
        )
        .join(''),
    ),
};

export const json: Printer = {
  sentAs: 'json',
  print: (cues) =>
    JSON.stringify({
      segments: cues.map(({ startMs, endMs, speaker, words }) => ({
        start: startMs / 1000,
        end: endMs / 1000,
        text: words.join(' '),
        speaker,
      })),
    }),
};

/** Blocks of a time and words, in the forms in which tools write text. */
export const textBlocks: readonly ((time: string, name: string, said: string) => string)[] = [
  (time, name, said) => `${name}  ${time}\n${said}\n\n`,
  (time, name, said) => `${name} (${time}):\n${said}\n\n`,
  (time, name, said) => `${name} [${time}]: ${said}\n`,
  (time, name, said) => `[${time}] ${name}: ${said}\n`,
  (time, name, said) => `**[${time}] ${name}:** ${said}\n\n`,
  (time, name, said) => `${time} - ${name}: ${said}\n`,
  (time, name, said) => `${time} ${name}\n${said}\n\n`,
];
