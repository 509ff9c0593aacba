/** Answers of the service, as scripts of the tests give them. */
export const SESSION = 'as_01jd3v9k2m8q4t6w0y5z7a1b3c';
export const TURN = 'trn_01jd3v9k2m8q4t6w0y5z7a1b3c';
export const RECORDING = 'rec_01jd3v9k2m8q4t6w0y5z7a1b3c';
const TIME = '2026-05-12T09:30:00.000Z';

/** What a citation says of these moments. */
export const MOMENTS = [
  { start_ms: 62_000, end_ms: 70_000, quote: 'It moved to May 12.' },
  { start_ms: 3_725_000, end_ms: 3_730_000, quote: 'It stays there.' },
].map((moment) => ({ recording_id: RECORDING, ...moment, speaker: 'Ana', source_index: null }));

export const RESULT = {
  session_id: SESSION,
  turn_id: TURN,
  message: {
    id: 'msg_01jd3v9k2m8q4t6w0y5z7a1b3c',
    role: 'assistant',
    content: 'The launch moved to May 12 [1] and stays there [2].',
    parts: [
      { type: 'text', text: 'The launch moved to May 12 ' },
      { type: 'citation', ...MOMENTS[0] },
      { type: 'text', text: ' and stays there ' },
      { type: 'citation', ...MOMENTS[1] },
      { type: 'text', text: '.' },
    ],
    tokens: { input: 10, output: 5, cached: 0 },
    model: 'sandbox',
    provider: 'openai',
    finish_reason: 'stop',
    grounding: { status: 'supported', method: 'look-up/3', unsupported: [] },
    created_at: TIME,
  },
  sources: [],
  retrieval: null,
};

/** The recording that RESULT cites. */
export const NAMED = {
  id: RECORDING,
  external_id: null,
  device_id: null,
  end_user_id: 'eu_01jd3v9k2m8q4t6w0y5z7a1b3c',
  name: 'Weekly',
  status: 'completed',
  duration_ms: 1,
  started_at: null,
  ended_at: null,
  transcription_id: null,
  metadata: {},
  created_at: TIME,
};
