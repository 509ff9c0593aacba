import { type Mutant, over } from './mutant.ts';

const searched = (scenario: string) => over(scenario, 'library', 'selected');
const file = 'workflows/ask/session-steps.ts';
const localFirst = 'workflows/ask/local-first.ts';

/** Changes of the steps: which activity runs how, and what it is told. */
export const STEP_MUTANTS: readonly Mutant[] = [
  {
    name: 'turns over selected recordings begin in one step',
    kind: 'branch',
    file,
    edits: [["scopeType === 'recording'", "scopeType !== 'library'"]],
    caughtBy: over('answered', 'selected'),
  },
  {
    name: 'turns over a recording begin in two steps',
    kind: 'branch',
    file,
    edits: [["scopeType === 'recording'", "scopeType === 'folder'"]],
    caughtBy: over('answered', 'recording'),
  },
  {
    name: 'steps run durably at first, and then locally',
    kind: 'local or durable',
    file: localFirst,
    edits: [
      ['return await now(input);', 'return await later(input);'],
      ['return later(input);', 'return now(input);'],
    ],
    caughtBy: over('answered'),
  },
  {
    name: 'steps never run durably',
    kind: 'local or durable',
    file: localFirst,
    edits: [['return later(input);', 'return now(input);']],
    caughtBy: [...over('question-durable'), ...over('answer-durable'), ...over('failure-durable')],
  },
  {
    name: 'the failure is recorded durably at once',
    kind: 'local or durable',
    file,
    edits: [
      [
        'const recordFailure = localFirst((activities) => activities.recordFailure,',
        'const { recordFailure } = proxyActivities<Activities>({ startToCloseTimeout: 1_000 }); localFirst((activities) => activities.recordFailure,',
      ],
    ],
    caughtBy: over('failed'),
  },
  {
    name: 'the model is asked by a local activity',
    kind: 'local or durable',
    file,
    edits: [
      [
        'import { CancellationScope, proxyActivities,',
        'import { CancellationScope, proxyActivities, proxyLocalActivities,',
      ],
      ['const { generateAnswer } = proxyActivities<', 'const { generateAnswer } = proxyLocalActivities<'],
    ],
    caughtBy: over('answered'),
  },
  {
    name: 'a run is deleted from within by a durable step',
    kind: 'local or durable',
    file: 'workflows/ask/delete-run.ts',
    edits: [
      ['import { proxyLocalActivities,', 'import { proxyActivities,'],
      ['= proxyLocalActivities<', '= proxyActivities<'],
    ],
    caughtBy: over('deletion-from-within-failed'),
  },
  {
    name: 'a durable step runs twice',
    kind: 'double',
    file: localFirst,
    edits: [['return later(input);', 'await later(input); return later(input);']],
    caughtBy: over('question-durable'),
  },
  {
    name: 'a step that was refused runs durably as well',
    kind: 'drop',
    file: localFirst,
    edits: [['if (!isTransient(error)) throw error;', '']],
    caughtBy: [...over('question-failed'), ...over('context-failed')],
  },
  {
    name: 'a session that stands is stored a second time',
    kind: 'double',
    file,
    edits: [['await createSession(turns.unstored);\n      turns.stored();', 'await createSession(turns.unstored);']],
    caughtBy: over('opened-empty'),
  },
  {
    name: 'a second turn over a recording stores the session again',
    kind: 'carries',
    file,
    edits: [['turns.stored();\n    return { ...beginning,', 'return { ...beginning,']],
    caughtBy: over('first-turn-stores-the-session', 'recording'),
  },
  {
    name: 'a second turn over a library stores the session again',
    kind: 'carries',
    file,
    edits: [['turns.stored();\n    return result;', 'return result;']],
    caughtBy: searched('first-turn-stores-the-session'),
  },
  {
    name: 'the beginning of a turn forgets the pinned provider',
    kind: 'carries',
    file,
    edits: [
      [
        'const input = { tenant, sessionId, create: turns.unstored, turnId, question, provider };',
        'const input = { tenant, sessionId, create: turns.unstored, turnId, question, provider: null };',
      ],
    ],
    caughtBy: over('provider-pinned', 'recording'),
  },
  {
    name: 'the recording of a question forgets the pinned provider',
    kind: 'carries',
    file,
    edits: [
      [
        'await recordQuestion({ tenant, sessionId, create: turns.unstored, turnId, question, provider });',
        'await recordQuestion({ tenant, sessionId, create: turns.unstored, turnId, question, provider: null });',
      ],
    ],
    caughtBy: searched('provider-pinned'),
  },
  {
    name: 'the context is gathered without the session that is being stored',
    kind: 'carries',
    file,
    edits: [
      [
        'return gatherContext({ tenant, sessionId, create: turns.unstored, question, provider });',
        'return gatherContext({ tenant, sessionId, create: null, question, provider });',
      ],
    ],
    caughtBy: searched('first-turn-stores-the-session'),
  },
  {
    name: 'the gathering of the context forgets the pinned provider',
    kind: 'carries',
    file,
    edits: [
      [
        'return gatherContext({ tenant, sessionId, create: turns.unstored, question, provider });',
        'return gatherContext({ tenant, sessionId, create: turns.unstored, question, provider: null });',
      ],
    ],
    caughtBy: searched('provider-pinned'),
  },
  {
    name: 'the model step does not hear of the subscribers',
    kind: 'carries',
    file,
    edits: [['...(subscribers && { subscribers }),', '']],
    caughtBy: over('streamed'),
  },
  {
    name: 'the model step does not know its turn',
    kind: 'carries',
    file,
    edits: [
      [
        'const input = { tenant, sessionId, turnId, messageId, provider, context };',
        'const input = { tenant, sessionId, messageId, provider, context };',
      ],
    ],
    caughtBy: over('answered'),
  },
  {
    name: 'the scores of the passages get lost',
    kind: 'carries',
    file,
    edits: [
      [
        'const input = { tenant, sessionId, turnId, messageId, provider, context };',
        'const input = { tenant, sessionId, turnId, messageId, provider, context: { ...context, scores: undefined } };',
      ],
    ],
    caughtBy: searched('answered'),
  },
  {
    name: 'the answer is stored without its context',
    kind: 'carries',
    file,
    edits: [
      [
        'return recordAnswer({ tenant, sessionId, turnId, messageId, answer, context });',
        'return recordAnswer({ tenant, sessionId, turnId, messageId, answer });',
      ],
    ],
    caughtBy: [...over('answer-by-its-own-step'), ...over('answer-durable')],
  },
  {
    name: 'the answer is stored without its turn',
    kind: 'carries',
    file,
    edits: [
      [
        'return recordAnswer({ tenant, sessionId, turnId, messageId, answer, context });',
        'return recordAnswer({ tenant, sessionId, messageId, answer, context });',
      ],
    ],
    caughtBy: [...over('answer-by-its-own-step'), ...over('answer-durable')],
  },
  {
    name: 'an answer that is stored is stored once more',
    kind: 'double',
    file,
    edits: [['early ?? (await recordNow())', 'await recordNow()']],
    caughtBy: over('answered'),
  },
  {
    name: 'the provider of an answer that was not stored is shown',
    kind: 'branch',
    file,
    edits: [["if (receipt.kind === 'earlier')", 'if (false)']],
    caughtBy: over('answer-stored-earlier'),
  },
  {
    name: 'another provider is asked what one has refused',
    kind: 'branch',
    file,
    edits: [['if (!fallbackLeft || !providerIsDown(error)) throw error;', 'if (!fallbackLeft) throw error;']],
    caughtBy: over('no-fallback-from-a-refusal'),
  },
  {
    name: 'a key that has expired ends the turn',
    kind: 'branch',
    file,
    edits: [[' || fallbackHelps(details?.reason))', ')']],
    caughtBy: over('fallback-from-an-expired-key'),
  },
  {
    name: 'no other provider is asked',
    kind: 'drop',
    file,
    edits: [['if (!fallbackLeft || !providerIsDown(error)) throw error;', 'throw error;']],
    caughtBy: over('fallback'),
  },
  {
    name: 'the last provider is asked first',
    kind: 'order',
    file,
    edits: [['of providers.entries()', 'of [...providers].reverse().entries()']],
    caughtBy: over('fallback'),
  },
  {
    name: 'another provider is asked as if it were the first',
    kind: 'carries',
    file,
    edits: [['...(index > 0 && { isFallback: true }),', '']],
    caughtBy: over('fallback'),
  },
];
