import type { Printer, SaidCue } from './printers.ts';

/** The JSON of tools, each with a cue as one of its pieces. */
export const asJson = (bodyOf: (cues: SaidCue[]) => unknown): Printer => ({
  sentAs: 'json',
  print: (cues) => JSON.stringify(bodyOf(cues)),
});
const seconds = ({ startMs, endMs }: SaidCue) => ({ start: startMs / 1000, end: endMs / 1000 });
export const textOf = ({ words }: SaidCue) => words.join(' ');

const whisperX = asJson((cues) => ({
  segments: cues.map((cue) => ({
    ...{ ...seconds(cue), text: ` ${textOf(cue)}`, speaker: cue.speaker },
    words: [{ word: cue.words[0], score: 0.5 }],
  })),
  word_segments: [],
}));

const fasterWhisper = asJson((cues) =>
  cues.map((cue, i) => ({ id: i, seek: 0, ...seconds(cue), text: ` ${textOf(cue)}`, speaker: cue.speaker })),
);

const whisperChunks = asJson((cues) => ({
  text: '',
  speakers: cues.map((cue) => ({
    speaker: cue.speaker,
    text: ` ${textOf(cue)}`,
    timestamp: [cue.startMs / 1000, cue.endMs / 1000],
  })),
  chunks: [],
}));

const assemblyAi = asJson((cues) => ({
  audio_url: 'u',
  words: [],
  utterances: cues.map((cue) => ({ start: cue.startMs, end: cue.endMs, text: textOf(cue), speaker: cue.speaker })),
}));

const deepgramUtterances = asJson((cues) => ({
  results: {
    channels: [{ alternatives: [{ transcript: 'x', words: [] }] }],
    utterances: cues.map((cue) => ({ ...seconds(cue), transcript: textOf(cue), speaker: cue.speaker, channel: 0 })),
  },
}));

const deepgramParagraphs = asJson((cues) => ({
  results: {
    channels: [
      {
        alternatives: [
          {
            transcript: 'x',
            paragraphs: {
              transcript: 'x',
              paragraphs: cues.map((cue) => ({
                speaker: cue.speaker,
                sentences: [{ text: textOf(cue), ...seconds(cue) }],
              })),
            },
          },
        ],
      },
    ],
  },
}));

const fireflies = asJson((cues) => ({
  data: {
    transcript: {
      sentences: cues.map((cue) => ({
        ...{ start_time: cue.startMs / 1000, end_time: cue.endMs / 1000 },
        ...{ text: textOf(cue), speaker_name: cue.speaker },
      })),
    },
  },
}));

export const toolPrinters = {
  whisperX,
  fasterWhisper,
  whisperChunks,
  assemblyAi,
  deepgramUtterances,
  deepgramParagraphs,
  fireflies,
};
