import { AsyncLocalStorage, type WorkflowInterceptorsFactory } from '@temporalio/workflow';
import { askUpdate, type TurnRequest } from '../../../../workflows/contract.ts';
import { type TurnFacts, withTurnHeader } from './turn-facts.ts';

/**
 * Lets every log line of a turn tell the turn and its request: those of the workflow, and those of its activities, which
 * get the ids in a header. Runs inside the workflow sandbox.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  const turns = new AsyncLocalStorage<TurnFacts>();
  return {
    inbound: [
      {
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
        getLogAttributes: (attributes, next) => next({ ...attributes, ...turns.getStore() }),
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
