import type { Printer, Quirks, SaidCue } from './printers.ts';

/** Tools that write word by word: a cue is only where its words are, and punctuation may stand for itself. */
export interface SaidWord {
  text: string;
  startMs: number;
  speaker: string | null;
}
interface Printed extends SaidWord {
  /** Behind it, written for itself. */
  sign: string;
  seconds: number;
  end: number;
}

const WORD_MS = 20;

/** What must come back. */
export function saidWords(cues: SaidCue[], quirks: Quirks): SaidWord[] {
  return printed(cues, quirks).map(({ text, sign, startMs, speaker }) => ({ text: text + sign, startMs, speaker }));
}

function printed(cues: SaidCue[], { dice }: Quirks): Printed[] {
  return cues.flatMap(({ startMs, speaker, words }, cue) =>
    words.map((text, i) => {
      const at = startMs + i * WORD_MS;
      const sign = ((dice[cue] ?? 0) + i) % 4 === 0 ? ',' : '';
      return { text, sign, startMs: at, speaker, seconds: at / 1000, end: (at + WORD_MS) / 1000 };
    }),
  );
}

const byWord = (bodyOf: (words: Printed[], quirks: Quirks) => unknown): Printer => ({
  sentAs: 'json',
  print: (cues, quirks) => JSON.stringify(bodyOf(printed(cues, quirks), quirks)),
});

const awsItems = byWord((words) => ({
  results: {
    transcripts: [],
    items: words.flatMap(({ text, sign, seconds, end, speaker }) => [
      {
        ...{ type: 'pronunciation', start_time: String(seconds), end_time: String(end) },
        ...{ alternatives: [{ content: text }], speaker_label: speaker },
      },
      ...(sign ? [{ type: 'punctuation', alternatives: [{ content: sign }] }] : []),
    ]),
  },
}));

const googleWords = byWord((words) => {
  const all = words.map(({ text, sign, seconds, end, speaker }) => ({
    ...{
      word: text + sign,
      startOffset: `${seconds}s`,
      endOffset: `${end}s`,
      ...(speaker && { speakerLabel: speaker }),
    },
  }));
  return { results: [{ alternatives: [{ transcript: 'x', words: all }] }] };
});

/** As version 1 writes what was asked for with diarization. */
const googleRepeated = byWord((words, { dice }) => {
  const all = words.map(({ text, sign, seconds, end, speaker }) => ({
    ...{ word: text + sign, startTime: `${seconds}s`, endTime: `${end}s`, speaker },
  }));
  const result = (some: typeof all, tagged: boolean) => ({
    alternatives: [
      {
        ...(!tagged && { transcript: some.map(({ word }) => word).join(' ') }),
        words: some.map(({ speaker, ...word }) => ({ ...word, ...(tagged && speaker && { speakerLabel: speaker }) })),
      },
    ],
  });
  const cut = (dice[23] ?? 0) % all.length;
  const parts = [all.slice(0, cut), all.slice(cut)].filter((part) => part.length > 0);
  return { results: [...parts.map((part) => result(part, false)), result(all, true)] };
});

const speechmatics = byWord((words) => ({
  format: '2.9',
  results: words.flatMap(({ text, sign, seconds, end, speaker }) => [
    { type: 'word', start_time: seconds, end_time: end, alternatives: [{ content: text, speaker: speaker ?? 'UU' }] },
    ...(sign ? [{ type: 'punctuation', attaches_to: 'previous', alternatives: [{ content: sign }] }] : []),
  ]),
}));

const revAi = byWord((words) => ({
  monologues: words.map(({ text, sign, seconds, end, speaker }) => ({
    speaker,
    elements: [
      { type: 'text', value: text, ts: seconds, end_ts: end },
      ...(sign ? [{ type: 'punct', value: sign }] : []),
      { type: 'punct', value: ' ' },
    ],
  })),
}));

const elevenLabs = byWord((words) => ({
  language_code: 'eng',
  words: words.flatMap(({ text, sign, seconds, end, speaker }) => [
    { type: 'word', text, start: seconds, end, speaker_id: speaker },
    ...(sign ? [{ type: 'word', text: sign, start: null, end: null, speaker_id: speaker }] : []),
    { type: 'spacing', text: ' ', start: end, end, speaker_id: speaker },
  ]),
}));

const recall = byWord((words) =>
  words.map(({ text, sign, seconds, end, speaker }) => ({
    participant: { id: 1, name: speaker },
    words: [{ text: text + sign, start_timestamp: { relative: seconds }, end_timestamp: { relative: end } }],
  })),
);

const deepgramWords = byWord((words) => ({
  results: { channels: [{ alternatives: [{ transcript: 'x', words: words.map(deepgramWord) }] }] },
}));

const deepgramWord = ({ text, sign, seconds, end, speaker }: Printed) => ({
  ...{ word: text.toLowerCase(), punctuated_word: text + sign, start: seconds, end, speaker },
});

/** Pieces in which only the words say who speaks. */
const inOnePiece = (pieceOf: (text: string, words: Printed[]) => object, bodyOf: (piece: object) => object): Printer =>
  byWord((words) => bodyOf(pieceOf(words.map(({ text, sign }) => text + sign).join(' '), words)));

const times = (words: Printed[]) => ({ start: words[0]?.seconds, end: words.at(-1)?.end });

const deepgramUtterance = inOnePiece(
  (transcript, words) => ({ ...times(words), transcript, words: words.map(deepgramWord) }),
  (utterance) => ({ results: { channels: [], utterances: [utterance] } }),
);

const assemblyAiSentence = inOnePiece(
  (text, words) => ({
    ...{ text, start: words[0]?.startMs, end: (words.at(-1)?.startMs ?? 0) + WORD_MS },
    words: words.map((word) => ({
      ...{ text: word.text + word.sign, speaker: word.speaker },
      ...{ start: word.startMs, end: word.startMs + WORD_MS },
    })),
  }),
  (sentence) => ({ audio_url: 'u', sentences: [sentence] }),
);

const whisperXSegment = inOnePiece(
  (text, words) => ({
    ...{ ...times(words), text },
    words: words.map((word) => ({
      ...{ word: word.text + word.sign, start: word.seconds, end: word.end, score: 0.5 },
      speaker: word.speaker,
    })),
  }),
  (segment) => ({ segments: [segment], word_segments: [] }),
);

export const wordPrinters = {
  awsItems,
  googleWords,
  googleRepeated,
  speechmatics,
  revAi,
  elevenLabs,
  recall,
  deepgramWords,
  deepgramUtterance,
  assemblyAiSentence,
  whisperXSegment,
};
