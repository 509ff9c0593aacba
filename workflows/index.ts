/** The workflows of the worker, by their registered names. */
export { askSession } from './ask-session.ts';
export { erase } from './erase.ts';
export { indexTranscript } from './index-transcript.ts';
export { maintain } from './maintain.ts';
