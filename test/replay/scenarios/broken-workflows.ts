import { upsertMemo } from '@temporalio/workflow';
import * as sound from '../../../workflows/index.ts';

/** Deliberately broken copies: they do something before the first step that no recorded run did. */
export const askSession = broken(sound.askSession);
export const erase = broken(sound.erase);
export const indexTranscript = broken(sound.indexTranscript);
export const redateRecording = broken(sound.redateRecording);
export const maintain = broken(sound.maintain);

function broken<A extends unknown[]>(workflow: (...args: A) => Promise<void>) {
  return async (...args: A): Promise<void> => {
    upsertMemo({ broken: true });
    return workflow(...args);
  };
}
