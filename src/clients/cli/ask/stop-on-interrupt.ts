import { ApiError } from '../../sdk/api-error.ts';
import { EXIT, reportFailure } from '../lib/failure.ts';
import { note } from '../lib/output.ts';
import type { Conversation } from './conversation.ts';

/**
 * What Ctrl-C does: it stops the answer that is on its way, and leaves when there is none, or when it comes a second time.
 * @param leave called to leave
 */
export function interruptHandler(conversation: Conversation, leave: () => void): () => void {
  return () => {
    if (conversation.state !== 'asking') return leave();
    note('\nStopping the answer. Ctrl-C again leaves at once.');
    conversation.stop().catch(reportFailure);
  };
}

/** Whether the question failed because somebody stopped it. */
export function wasStopped(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'turn_cancelled';
}

/** Ends the process as one that Ctrl-C ended. */
export function leaveInterrupted(): never {
  process.exit(EXIT.interrupted);
}
