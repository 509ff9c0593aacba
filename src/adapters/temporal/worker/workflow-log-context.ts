import { AsyncLocalStorage, type WorkflowInterceptorsFactory } from '@temporalio/workflow';
import { askUpdate, type TurnRequest } from '../../../../workflows/contract.ts';
import { projectOf, type TurnFacts, withTurnHeader } from './turn-facts.ts';

/**
 * Lets every log line tell its project, and every log line of a turn the turn and its request: those of the workflow, and
 * those of its activities, which get the ids of the turn in a header. Runs inside the workflow sandbox.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  const turns = new AsyncLocalStorage<TurnFacts>();
  let project: ReturnType<typeof projectOf> = {};
  return {
    inbound: [
      {
        execute(input, next) {
          project = projectOf(input.args[0]);
          return next(input);
        },
        handleUpdate(input, next) {
          if (input.name !== askUpdate.name) return next(input);
          const [{ turnId, requestId }] = input.args as [TurnRequest];
          return turns.run({ turn_id: turnId, request_id: requestId }, () => next(input));
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next(withTurn(input, turns.getStore())),
        scheduleLocalActivity: (input, next) => next(withTurn(input, turns.getStore())),
        getLogAttributes: (attributes, next) => next({ ...attributes, ...project, ...turns.getStore() }),
      },
    ],
  };
};

function withTurn<I extends { headers: Parameters<typeof withTurnHeader>[0] }>(
  input: I,
  turn: TurnFacts | undefined,
): I {
  return turn === undefined ? input : { ...input, headers: withTurnHeader(input.headers, turn) };
}
