import { upsertMemo } from '@temporalio/workflow';
import * as sound from '../../../workflows/index.ts';

/** Deliberately broken copies: they do something before the first step that no recorded run did. */
export const askSession = broken(sound.askSession);
export const erase = broken(sound.erase);
export const indexTranscript = broken(sound.indexTranscript);
export const redateRecording = broken(sound.redateRecording);
export const reindex = broken(sound.reindex);
export const maintain = broken(sound.maintain);

function broken<A extends unknown[], R>(workflow: (...args: A) => Promise<R>) {
  return async (...args: A): Promise<R> => {
    upsertMemo({ broken: true });
    return workflow(...args);
  };
}
