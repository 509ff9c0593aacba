import { type Mutant, over } from './mutant.ts';

const loop = 'workflows/ask/until-idle.ts';
const session = 'workflows/ask/ask-session.ts';
const outcome = 'workflows/ask/show-outcome.ts';

/** Changes of a session's run: its queue, its end, and what operators see. */
export const SESSION_MUTANTS: readonly Mutant[] = [
  {
    name: 'turns do not wait for each other',
    kind: 'order',
    file: 'workflows/ask/session-turns.ts',
    edits: [['const running = previous.then(work);', 'const running = work();']],
    caughtBy: over('queue'),
  },
  {
    name: 'a cancelled turn runs on',
    kind: 'drop',
    file: 'workflows/ask/session-turns.ts',
    edits: [['entry.stop();', '']],
    caughtBy: over('running-turn-cancelled'),
  },
  {
    name: 'a cancellation does not wait for the end of its turn',
    kind: 'await',
    file: session,
    edits: [['await condition(() => turns.isOver(turnId));', '']],
    caughtBy: over('running-turn-cancelled'),
  },
  {
    name: 'a turn begins after a millisecond',
    kind: 'timer',
    file: session,
    edits: [['const receipt = await runTurn', 'await condition(() => false, 1); const receipt = await runTurn']],
    caughtBy: over('answered'),
  },
  {
    name: 'idle time counts from the beginning of the run',
    kind: 'timer',
    file: session,
    edits: [['idleSince = Date.now();\n      setCurrentDetails', 'setCurrentDetails']],
    caughtBy: over('two-turns-and-idle-close'),
  },
  {
    name: 'a run closes with its first timer',
    kind: 'timer',
    file: loop,
    edits: [['if (allHandlersFinished() && left() <= 0) return;', 'return;']],
    caughtBy: over('two-turns-and-idle-close'),
  },
  {
    name: 'a full history begins a timer before it is continued as new',
    kind: 'timer',
    file: loop,
    edits: [['if (!isFullOrOver()) await', 'await']],
    caughtBy: over('continued-as-new-with-waiting-turns'),
  },
  {
    name: 'a run is continued as new under a turn',
    kind: 'await',
    file: loop,
    edits: [
      ['workflowInfo().continueAsNewSuggested && allHandlersFinished();', 'workflowInfo().continueAsNewSuggested;'],
    ],
    caughtBy: over('continued-as-new'),
  },
  {
    name: "an operator's Cancel ends the run under its turn",
    kind: 'await',
    file: loop,
    edits: [['if (isCancellation(error)) await finishHandlers();', '']],
    caughtBy: over('cancelled-by-an-operator'),
  },
  {
    name: 'a run closes where its history is full',
    kind: 'drop',
    file: loop,
    edits: [['if (isFull() && !isOver()) await continueAsNew();', 'if (isFull()) return;']],
    caughtBy: [...over('continued-as-new'), ...over('continued-as-new-with-waiting-turns')],
  },
  {
    name: 'a late question to a deleted session is left',
    kind: 'drop',
    file: session,
    edits: [['if (turns.sessionSeemsGone) await eraseLeftovers(input);', '']],
    caughtBy: [...over('question-to-a-deleted-session'), ...over('opened-for-a-deleted-end-user')],
  },
  {
    name: 'the run of a deleted session waits for more questions',
    kind: 'timer',
    file: loop,
    edits: [[' || (isOver() && allHandlersFinished())', '']],
    caughtBy: over('question-to-a-deleted-session'),
  },
  {
    name: 'a session that could not be opened is left',
    kind: 'drop',
    file: session,
    edits: [['turns.noteFailure(fromFailure(error));', '']],
    caughtBy: over('opened-for-a-deleted-end-user'),
  },
  {
    name: 'what is left of a deleted session is erased though it stands',
    kind: 'carries',
    file: 'workflows/ask/erase-leftovers.ts',
    edits: [[', onlyIfGone: true', '']],
    caughtBy: over('question-to-a-deleted-session'),
  },
  {
    name: 'the next run stores the session again',
    kind: 'carries',
    file: session,
    edits: [['create: turns.unstored }', 'create: input.create }']],
    caughtBy: over('continued-as-new'),
  },
  {
    name: 'the next run does not store a session that does not stand',
    kind: 'carries',
    file: session,
    edits: [['create: turns.unstored }', 'create: null }']],
    caughtBy: over('continued-as-new-before-the-session-is-stored'),
  },
  {
    name: 'the next run does not know its scope',
    kind: 'carries',
    file: session,
    edits: [['({ ...input, create:', '({ ...input, scopeType: undefined, create:']],
    caughtBy: [...over('continued-as-new'), ...over('continued-as-new-with-waiting-turns')],
  },
  {
    name: 'the outcome is shown before the turn is over',
    kind: 'await',
    file: session,
    edits: [
      [
        'const receipt = await runTurn(request, turns, steps);',
        'showOutcome(turns.snapshot(request.turnId)); const receipt = await runTurn(request, turns, steps);',
      ],
    ],
    caughtBy: over('answered'),
  },
  {
    name: 'the provider is not shown',
    kind: 'search attribute',
    file: outcome,
    edits: [["...(typeof provider === 'string' ? [{ key: LAST_PROVIDER, value: provider }] : []),", '']],
    caughtBy: [...over('answered'), ...over('failed')],
  },
  {
    name: 'the outcome is not shown',
    kind: 'search attribute',
    file: outcome,
    edits: [['{ key: LAST_OUTCOME, value: turn.status },', '']],
    caughtBy: [...over('answered'), ...over('failed')],
  },
  {
    name: 'an outcome that did not change is shown again',
    kind: 'search attribute',
    file: outcome,
    edits: [['.filter(({ key, value }) => shown.get(key) !== value)', '']],
    caughtBy: over('two-turns-and-idle-close'),
  },
];
