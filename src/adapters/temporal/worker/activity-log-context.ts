import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { type TurnFacts, turnFactsOf } from './turn-facts.ts';

const SESSION_WORKFLOW = /^ask-session\/(?<session>.+)$/;

/** Puts the session, the turn and the request on every log line of an activity, where it has them. */
export const activityLogContext: ActivityInterceptorsFactory = ({ info }) => {
  const session = SESSION_WORKFLOW.exec(info.workflowExecution?.workflowId ?? '')?.groups?.session;
  let turn: TurnFacts | null = null;
  return {
    inbound: {
      execute(input, next) {
        turn = turnFactsOf(input.headers);
        return next(input);
      },
    },
    outbound: {
      getLogAttributes: (attributes, next) =>
        next({ ...attributes, ...(session !== undefined && { session_id: session }), ...turn }),
    },
  };
};
