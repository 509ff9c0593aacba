import { type Mutant, over } from './mutant.ts';

const searched = (scenario: string) => over(scenario, 'library', 'selected');
const file = 'workflows/ask/answer-question.ts';

/** Changes of how a turn goes from step to step. */
export const TURN_MUTANTS: readonly Mutant[] = [
  {
    name: 'the question is recorded and the context gathered one after the other instead of at once',
    kind: 'order',
    file,
    edits: [
      [
        'const [recorded, gathered] = await Promise.allSettled([record(), scope.run(gather)]);',
        'const [recorded] = await Promise.allSettled([record()]); const [gathered] = await Promise.allSettled([scope.run(gather)]);',
      ],
    ],
    caughtBy: [...searched('answered'), ...searched('question-and-context-durable')],
  },
  {
    name: 'the context is gathered before the question is recorded',
    kind: 'order',
    file,
    edits: [
      [
        'const [recorded, gathered] = await Promise.allSettled([record(), scope.run(gather)]);',
        'const [gathered, recorded] = await Promise.allSettled([scope.run(gather), record()]);',
      ],
    ],
    caughtBy: searched('answered'),
  },
  {
    name: 'a question that has an answer is asked again',
    kind: 'drop',
    file,
    edits: [['if (recorded.answer !== null)', 'if (false)']],
    caughtBy: over('question-answered-already'),
  },
  {
    name: 'a turn that was cancelled in the queue asks the model',
    kind: 'drop',
    file,
    edits: [['if (turns.cancelRequested(turnId)) scope.cancel();', '']],
    caughtBy: over('queued-turn-cancelled'),
  },
  {
    name: 'the failure is not awaited',
    kind: 'await',
    file,
    edits: [
      [
        'await CancellationScope.nonCancellable(() => steps.recordFailure',
        'void CancellationScope.nonCancellable(() => steps.recordFailure',
      ],
    ],
    caughtBy: over('failed'),
  },
  {
    name: 'the failure is not recorded',
    kind: 'drop',
    file,
    edits: [['await CancellationScope.nonCancellable(() => steps.recordFailure(turns.turn(turnId)));', '']],
    caughtBy: over('failed'),
  },
  {
    name: 'the failure is recorded twice',
    kind: 'double',
    file,
    edits: [
      [
        'await CancellationScope.nonCancellable(() => steps.recordFailure(turns.turn(turnId)));',
        'for (const _ of [1, 2]) await CancellationScope.nonCancellable(() => steps.recordFailure(turns.turn(turnId)));',
      ],
    ],
    caughtBy: over('failed'),
  },
  {
    name: "an operator's Cancel stops the recording of the failure",
    kind: 'drop',
    file,
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
    file,
    edits: [
      [
        'return CancellationScope.nonCancellable(() => steps.recordAnswer(recorded, answer, context));',
        'return steps.recordAnswer(recorded, answer, context);',
      ],
    ],
    caughtBy: over('cancelled-by-an-operator-while-the-answer-is-stored'),
  },
  {
    name: 'the beginning of a turn over a recording can be cancelled',
    kind: 'drop',
    file,
    edits: [
      ['CancellationScope.nonCancellable(() => steps.beginTurn(request))', 'scope.run(() => steps.beginTurn(request))'],
    ],
    caughtBy: over('cancelled-while-the-question-is-recorded', 'recording'),
  },
  {
    name: 'the recording of a question over a library can be cancelled',
    kind: 'drop',
    file,
    edits: [
      [
        'CancellationScope.nonCancellable(() => steps.recordQuestion(request))',
        'scope.run(() => steps.recordQuestion(request))',
      ],
    ],
    caughtBy: searched('cancelled-while-the-question-is-recorded'),
  },
  {
    name: 'a context that could not be gathered at first is not gathered again',
    kind: 'drop',
    file,
    edits: [['(context ? referenceTo(context) : steps.gatherContext(request))', 'referenceTo(context)']],
    caughtBy: over('context-by-its-own-step', 'recording'),
  },
  {
    name: 'the receipt names the sent message instead of the one that was answered',
    kind: 'carries',
    file,
    edits: [['turns.adopt(turnId, recorded.messageId);', '']],
    caughtBy: over('question-asked-before'),
  },
  {
    name: 'the receipt does not say why the turn failed',
    kind: 'carries',
    file,
    edits: [['return receipt(outcome);', 'return receipt({ status: outcome.status });']],
    caughtBy: over('failed'),
  },
];
