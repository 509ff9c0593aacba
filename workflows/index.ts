/** The workflows of the worker, by their registered names. */
export { askSession } from './ask/ask-session.ts';
export { erase } from './library/erase.ts';
export { indexTranscript } from './library/index-transcript.ts';
export { redateRecording } from './library/redate-recording.ts';
export { reindex } from './library/reindex.ts';
export { maintain } from './maintain.ts';
