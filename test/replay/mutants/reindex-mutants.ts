import type { Mutant } from './mutant.ts';

const reindex = 'workflows/library/reindex.ts';
const steer = 'workflows/library/steer-reindex.ts';

/** Changes of the rebuild of an index. */
export const REINDEX_MUTANTS: readonly Mutant[] = [
  {
    name: 'the new index serves before it was compared',
    kind: 'order',
    file: reindex,
    edits: [
      ["    await compare('comparing');\n", ''],
      [
        '    await switchIndex({ projectId, build });',
        "    await switchIndex({ projectId, build });\n    await compare('comparing');",
      ],
    ],
    caughtBy: ['index-rebuilt', 'index-rebuild-paused'],
  },
  {
    name: 'passages are not verified',
    kind: 'drop',
    file: reindex,
    edits: [['    await verifyPassages({ build, parts });\n    show', '    show']],
    caughtBy: ['index-rebuilt', 'index-rebuild-in-two-runs'],
  },
  {
    name: 'no searches are tried',
    kind: 'drop',
    file: reindex,
    edits: [['await trySearches({ projectId, build });', '']],
    caughtBy: ['index-rebuilt', 'index-rebuilt-at-a-pace'],
  },
  {
    name: 'what the comparison found missing stays missing',
    kind: 'drop',
    file: reindex,
    edits: [['      await rebuildPassages({ build, parts: missing });\n', '']],
    caughtBy: ['index-rebuilt'],
  },
  {
    name: 'nothing is looked at once more after the switch',
    kind: 'drop',
    file: reindex,
    edits: [["    await compare('catching up').catch(", '    await Promise.resolve().catch(']],
    caughtBy: ['index-rebuilt', 'index-rebuilt-and-the-old-one-cannot-be-removed'],
  },
  {
    name: 'the comparison before the switch looks at counts alone',
    kind: 'carries',
    file: reindex,
    edits: [["byIds: step === 'comparing'", 'byIds: false']],
    caughtBy: ['index-rebuilt'],
  },
  {
    name: 'the old index is removed at once',
    kind: 'timer',
    file: reindex,
    edits: [['    await sleep(input.graceMs);\n', '']],
    caughtBy: ['index-rebuilt'],
  },
  {
    name: 'the old index stays',
    kind: 'drop',
    file: reindex,
    edits: [['    await retireBuilds({ projectId }).catch(', '    await Promise.resolve().catch(']],
    caughtBy: ['index-rebuilt', 'index-rebuilt-and-the-old-one-cannot-be-removed'],
  },
  {
    name: 'an old index that cannot be removed ends the rebuild as failed',
    kind: 'branch',
    file: reindex,
    edits: [
      [
        'await retireBuilds({ projectId }).catch((error: unknown) => show({ reason: fromFailure(error).message }));',
        'await retireBuilds({ projectId });',
      ],
    ],
    caughtBy: ['index-rebuilt-and-the-old-one-cannot-be-removed'],
  },
  {
    name: 'the pace of the provider is not kept',
    kind: 'timer',
    file: reindex,
    edits: [['if (early > 0) await sleep(early);', '']],
    caughtBy: ['index-rebuilt-at-a-pace'],
  },
  {
    name: 'a rebuild that was given up goes on to get what is new',
    kind: 'drop',
    file: reindex,
    edits: [['await abandonRebuild({ projectId, build });', '']],
    caughtBy: ['index-rebuild-refused', 'index-rebuild-cancelled'],
  },
  {
    name: 'a rebuild that was given up stays in the index',
    kind: 'drop',
    file: reindex,
    edits: [['await retireSoon({ projectId }).catch(() => undefined);', '']],
    caughtBy: ['index-rebuild-refused', 'index-rebuild-cancelled'],
  },
  {
    name: 'a rebuild does not go on in another run',
    kind: 'branch',
    file: reindex,
    edits: [['if (workflowInfo().continueAsNewSuggested)', 'if (false)']],
    caughtBy: ['index-rebuild-in-two-runs'],
  },
  {
    name: 'the next run of a rebuild begins from the start',
    kind: 'carries',
    file: reindex,
    edits: [['({ ...input, cursor, progress })', '({ ...input, progress })']],
    caughtBy: ['index-rebuild-in-two-runs'],
  },
  {
    name: 'a transcript of 0.1.0 is not cut anew',
    kind: 'drop',
    file: reindex,
    edits: [['for (const transcript of old) await cutAndWrite(transcript);', '']],
    caughtBy: ['index-rebuilt-with-a-transcript-cut-anew'],
  },
  {
    name: 'a paused rebuild goes on',
    kind: 'branch',
    file: steer,
    edits: [['condition(() => !progress.paused)', 'condition(() => true)']],
    caughtBy: ['index-rebuild-paused'],
  },
  {
    name: 'a rebuild says nothing of its state in the search attributes',
    kind: 'search attribute',
    file: steer,
    edits: [['upsertSearchAttributes([{ key: LAST_OUTCOME, value: outcome }]);', '']],
    caughtBy: ['index-rebuilt', 'index-rebuild-paused'],
  },
];
