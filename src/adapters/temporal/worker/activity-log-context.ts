import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { projectOf, type TurnFacts, turnFactsOf } from './turn-facts.ts';

const SESSION_WORKFLOW = /^ask-session\/(?<session>.+)$/;

/** Puts the project, the session, the turn and the request on every log line of an activity that has them. */
export const activityLogContext: ActivityInterceptorsFactory = ({ info }) => {
  const session = SESSION_WORKFLOW.exec(info.workflowExecution?.workflowId ?? '')?.groups?.session;
  let project: ReturnType<typeof projectOf> = {};
  let turn: TurnFacts | null = null;
  return {
    inbound: {
      execute(input, next) {
        project = projectOf(input.args[0]);
        turn = turnFactsOf(input.headers);
        return next(input);
      },
    },
    outbound: {
      getLogAttributes: (attributes, next) =>
        next({ ...attributes, ...project, ...(session !== undefined && { session_id: session }), ...turn }),
    },
  };
};
