/** Answers of the service, as scripts of the tests give them. */
export const SESSION = 'as_01jd3v9k2m8q4t6w0y5z7a1b3c';
export const TURN = 'trn_01jd3v9k2m8q4t6w0y5z7a1b3c';
export const RECORDING = 'rec_01jd3v9k2m8q4t6w0y5z7a1b3c';
const TIME = '2026-05-12T09:30:00.000Z';

export const RESULT = {
  session_id: SESSION,
  message: {
    id: 'msg_01jd3v9k2m8q4t6w0y5z7a1b3c',
    role: 'assistant',
    content: 'The launch moved to May 12 [1] and stays there [2].',
    parts: [
      { type: 'text', text: 'The launch moved to May 12 ' },
      { type: 'citation', recording_id: RECORDING, start_ms: 62_000 },
      { type: 'text', text: ' and stays there ' },
      { type: 'citation', recording_id: RECORDING, start_ms: 3_725_000 },
      { type: 'text', text: '.' },
    ],
    tokens: { input: 10, output: 5, cached: 0 },
    model: 'sandbox',
    provider: 'openai',
    finish_reason: 'stop',
    created_at: TIME,
  },
  sources: [],
};

/** The recording that RESULT cites. */
export const NAMED = {
  id: RECORDING,
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
