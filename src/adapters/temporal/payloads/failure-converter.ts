import { DefaultFailureConverter } from '@temporalio/common';

/** Moves messages and stack traces of failures into payloads, which are encrypted; else they would stand in clear. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
