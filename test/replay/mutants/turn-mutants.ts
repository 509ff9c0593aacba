import { type Mutant, over } from './mutant.ts';

const searched = (scenario: string) => over(scenario, 'library', 'selected');
const answer = 'workflows/ask/answer-question.ts';
const run = 'workflows/ask/run-turn.ts';
const steps = 'workflows/ask/session-steps.ts';

/** Changes of how a turn goes from step to step. */
export const TURN_MUTANTS: readonly Mutant[] = [
  {
    name: 'the question is recorded and the context gathered one after the other instead of at once',
    kind: 'order',
    file: steps,
    edits: [
      [
        'const gathering = scope.run(() => gather(request));',
        'await Promise.allSettled([recording]); const gathering = scope.run(() => gather(request));',
      ],
    ],
    caughtBy: [...searched('answered'), ...searched('question-and-context-durable')],
  },
  {
    name: 'the context is gathered before the question is recorded',
    kind: 'order',
    file: steps,
    edits: [
      ['const recording = CancellationScope.nonCancellable(() => record(request));', ''],
      [
        'const gathering = scope.run(() => gather(request));',
        'const gathering = scope.run(() => gather(request)); const recording = CancellationScope.nonCancellable(() => record(request));',
      ],
    ],
    caughtBy: searched('answered'),
  },
  {
    name: 'a question that has an answer is asked again',
    kind: 'drop',
    file: answer,
    edits: [['if (question.answer !== null)', 'if (false)']],
    caughtBy: over('question-answered-already'),
  },
  {
    name: 'a turn that was cancelled in the queue asks the model',
    kind: 'drop',
    file: answer,
    edits: [['if (turns.cancelRequested(turnId)) scope.cancel();', '']],
    caughtBy: over('queued-turn-cancelled'),
  },
  {
    name: 'a context that was replaced is not gathered again',
    kind: 'drop',
    file: answer,
    edits: [['context = await steps.gatherAgain(request);', '']],
    caughtBy: over('context-replaced-then-gathered-again'),
  },
  {
    name: 'a context is gathered once more than it may be',
    kind: 'carries',
    file: answer,
    edits: [['const MOST_GATHERINGS = 3;', 'const MOST_GATHERINGS = 4;']],
    caughtBy: over('context-replaced-again-and-again'),
  },
  {
    name: 'a context is gathered again whatever keeps the model from its answer',
    kind: 'branch',
    file: answer,
    edits: [[" || fromFailure(error).kind !== 'context_changed')", ')']],
    caughtBy: over('failed'),
  },
  {
    name: 'an answer that an attempt stored does not complete its turn',
    kind: 'branch',
    file: run,
    edits: [['if (message === null) return receipt(outcome);', 'if (message !== undefined) return receipt(outcome);']],
    caughtBy: over('failed-though-an-attempt-stored-its-answer'),
  },
  {
    name: 'the failure is not awaited',
    kind: 'await',
    file: run,
    edits: [
      [
        'const message = await CancellationScope.nonCancellable(() => steps.recordFailure(turns.turn(turnId)));',
        'const message = null; void CancellationScope.nonCancellable(() => steps.recordFailure(turns.turn(turnId)));',
      ],
    ],
    caughtBy: over('failed'),
  },
  {
    name: 'the failure is not recorded',
    kind: 'drop',
    file: run,
    edits: [
      [
        'const message = await CancellationScope.nonCancellable(() => steps.recordFailure(turns.turn(turnId)));',
        'const message = null;',
      ],
    ],
    caughtBy: over('failed'),
  },
  {
    name: 'the failure is recorded twice',
    kind: 'double',
    file: run,
    edits: [
      [
        'const message = await CancellationScope.nonCancellable(() => steps.recordFailure(turns.turn(turnId)));',
        'let message; for (const _ of [1, 2]) message = await CancellationScope.nonCancellable(() => steps.recordFailure(turns.turn(turnId)));',
      ],
    ],
    caughtBy: over('failed'),
  },
  {
    name: "an operator's Cancel stops the recording of the failure",
    kind: 'drop',
    file: run,
    edits: [
      [
        'await CancellationScope.nonCancellable(() => steps.recordFailure(turns.turn(turnId)));',
        'await steps.recordFailure(turns.turn(turnId));',
      ],
    ],
    caughtBy: over('cancelled-by-an-operator'),
  },
  {
    name: "an operator's Cancel stops the recording of the answer",
    kind: 'drop',
    file: answer,
    edits: [
      [
        'return CancellationScope.nonCancellable(() => steps.recordAnswer(request, question, answer, context));',
        'return steps.recordAnswer(request, question, answer, context);',
      ],
    ],
    caughtBy: over('cancelled-by-an-operator-while-the-answer-is-stored'),
  },
  {
    name: 'the beginning of a turn over a recording can be cancelled',
    kind: 'drop',
    file: steps,
    edits: [
      ['inOneStep(request) : inTwoSteps', 'inOneStep(request, scope) : inTwoSteps'],
      ['async function inOneStep(request: TurnRequest)', 'async function inOneStep(request: TurnRequest, scope)'],
      ['CancellationScope.nonCancellable(() => beginTurn(input))', 'scope.run(() => beginTurn(input))'],
    ],
    caughtBy: over('cancelled-while-the-question-is-recorded', 'recording'),
  },
  {
    name: 'the recording of a question over a library can be cancelled',
    kind: 'drop',
    file: steps,
    edits: [['CancellationScope.nonCancellable(() => record(request))', 'scope.run(() => record(request))']],
    caughtBy: searched('cancelled-while-the-question-is-recorded'),
  },
  {
    name: 'a context that could not be gathered at first is not gathered again',
    kind: 'drop',
    file: steps,
    edits: [['async () => context ?? gather(request)', 'async () => context']],
    caughtBy: over('context-by-its-own-step', 'recording'),
  },
  {
    name: 'the receipt names the sent message instead of the one that was answered',
    kind: 'carries',
    file: answer,
    edits: [['turns.adopt(turnId, question.messageId);', '']],
    caughtBy: over('question-asked-before'),
  },
  {
    name: 'the receipt does not say why the turn failed',
    kind: 'carries',
    file: run,
    edits: [['return receipt(outcome);', 'return receipt({ status: outcome.status });']],
    caughtBy: over('failed'),
  },
];
