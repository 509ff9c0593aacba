import { asJson, textOf } from './tool-printers.ts';

/** Services and meetings, each with a cue as one of its pieces. */

const clock = (ms: number) => {
  const [hours, rest] = [Math.floor(ms / 3_600_000), new Date(ms % 3_600_000).toISOString().slice(14, 23)];
  return `${String(hours).padStart(2, '0')}:${rest}`;
};

const awsAudioSegments = asJson((cues) => ({
  results: {
    transcripts: [],
    audio_segments: cues.map((cue) => ({
      ...{ transcript: textOf(cue), speaker_label: cue.speaker },
      ...{ start_time: String(cue.startMs / 1000), end_time: String(cue.endMs / 1000) },
    })),
  },
}));

const awsCallAnalytics = asJson((cues) => ({
  Transcript: cues.map((cue) => ({
    ...{ BeginOffsetMillis: cue.startMs, EndOffsetMillis: cue.endMs },
    ...{ Content: textOf(cue), ParticipantRole: cue.speaker },
  })),
}));

const azureBatch = asJson((cues) => ({
  recognizedPhrases: cues.map((cue, i) => ({
    ...(i % 2 === 0
      ? { offsetInTicks: cue.startMs * 10_000, durationInTicks: (cue.endMs - cue.startMs) * 10_000 }
      : { offset: `PT${cue.startMs / 1000}S`, duration: `PT${(cue.endMs - cue.startMs) / 1000}S` }),
    ...{ channel: 0, speaker: cue.speaker, nBest: [{ display: textOf(cue) }, { display: 'other' }] },
  })),
}));

const azureFast = asJson((cues) => ({
  combinedPhrases: [],
  phrases: cues.map((cue) => ({
    ...{ offsetMilliseconds: cue.startMs, durationMilliseconds: cue.endMs - cue.startMs },
    ...{ text: textOf(cue), speaker: cue.speaker },
  })),
}));

const gladia = asJson((cues) => ({
  result: {
    transcription: {
      utterances: cues.map((cue) => ({
        ...{ start: cue.startMs / 1000, end: cue.endMs / 1000, channel: 0 },
        ...{ text: textOf(cue), speaker: cue.speaker },
      })),
    },
  },
}));

const googleUntimed = asJson((cues) => ({
  // Silence is a result without words.
  results: cues.flatMap((cue) => [
    { alternatives: [{ transcript: '' }], resultEndTime: `${cue.startMs / 1000}s` },
    {
      ...{ resultEndTime: `${cue.endMs / 1000}s` },
      alternatives: [
        { transcript: textOf(cue), words: cue.words.map((word) => ({ word, speakerLabel: cue.speaker ?? '' })) },
      ],
    },
  ]),
}));

const teams = asJson((cues) => ({
  entries: cues.map((cue) => ({
    ...{ startOffset: `${clock(cue.startMs)}0000`, endOffset: `${clock(cue.endMs)}0000` },
    ...{ text: textOf(cue), speakerDisplayName: cue.speaker },
  })),
}));

const googleMeet = asJson((cues) => {
  const moment = (ms: number) => new Date(Date.UTC(2026, 8, 12) + ms).toISOString();
  const joined = { text: '', startTime: moment(0), endTime: moment(0) };
  const entries = cues.map((cue) => ({
    ...{ startTime: moment(cue.startMs), endTime: moment(cue.endMs) },
    ...{ text: textOf(cue), ...(cue.speaker !== null && { participant: `a/b/participants/${cue.speaker}` }) },
  }));
  return { transcriptEntries: [joined, ...entries] };
});

const webex = asJson((cues) => ({
  items: cues.map((cue) => ({
    ...{ offsetMillisecond: cue.startMs, durationMillisecond: cue.endMs - cue.startMs },
    ...{ text: textOf(cue), personName: cue.speaker },
  })),
}));

const tldv = asJson((cues) => ({
  data: cues.map((cue) => ({
    ...{ startTime: cue.startMs / 1000, endTime: cue.endMs / 1000 },
    ...{ text: textOf(cue), speaker: cue.speaker },
  })),
}));

export const servicePrinters = {
  awsAudioSegments,
  awsCallAnalytics,
  azureBatch,
  azureFast,
  gladia,
  googleUntimed,
  teams,
  googleMeet,
  webex,
  tldv,
};
