import type { Mutant } from './mutant.ts';

const index = 'workflows/library/index-transcript.ts';
const ranges = 'workflows/library/ranges.ts';
const redate = 'workflows/library/redate-recording.ts';
const erase = 'workflows/library/erase.ts';
const watch = 'workflows/library/watch-erasure.ts';
const maintain = 'workflows/maintain.ts';

/** Changes of indexing, erasure and maintenance. */
export const LIBRARY_MUTANTS: readonly Mutant[] = [
  {
    name: 'chunks are verified before they are indexed',
    kind: 'order',
    file: index,
    edits: [
      [
        "overRanges('indexing', (summary) => step(summary, HEAVY_STEP).indexChunks)",
        "overRanges('verifying', (summary) => step(summary, VERIFY_STEP).verifyChunks, 0)",
      ],
      [
        "await overRanges('verifying', (summary) => step(summary, VERIFY_STEP).verifyChunks);",
        "await overRanges('indexing', (summary) => step(summary, HEAVY_STEP).indexChunks);",
      ],
    ],
    caughtBy: ['transcript-indexed'],
  },
  {
    name: 'chunks are not verified',
    kind: 'drop',
    file: index,
    edits: [["await overRanges('verifying', (summary) => step(summary, VERIFY_STEP).verifyChunks);", '']],
    caughtBy: ['transcript-indexed', 'transcript-that-replaces-none-indexed'],
  },
  {
    name: 'a range has one chunk more',
    kind: 'carries',
    file: ranges,
    edits: [['const RANGE = 480;', 'const RANGE = 481;']],
    caughtBy: ['transcript-indexed', 'transcript-deleted-while-it-is-indexed'],
  },
  {
    name: 'ranges are indexed at once',
    kind: 'order',
    file: index,
    edits: [['await activityFor(`', 'void activityFor(`']],
    caughtBy: ['transcript-indexed'],
  },
  {
    name: 'replaced transcripts are retired at once',
    kind: 'order',
    file: index,
    edits: [['await step(`Retire', 'void step(`Retire']],
    caughtBy: ['transcript-indexed'],
  },
  {
    name: 'a transcript that was deleted meanwhile counts as failed',
    kind: 'branch',
    file: index,
    edits: [["if (failure.kind === 'not_found')", "if (failure.kind === 'conflict')"]],
    caughtBy: ['transcript-deleted-while-it-is-indexed'],
  },
  {
    name: 'the failure of an import is recorded without its reason',
    kind: 'carries',
    file: index,
    edits: [['error: failure.message', "error: ''"]],
    caughtBy: ['transcript-that-no-index-takes'],
  },
  {
    name: 'the new date of a recording reaches no transcript',
    kind: 'drop',
    file: redate,
    edits: [['await redateChunks({ tenant, transcriptionId, ...range });', '{}']],
    caughtBy: ['recording-redated', 'recording-redated-while-it-is-redated'],
  },
  {
    name: 'the new date of a recording reaches all of it at once',
    kind: 'order',
    file: redate,
    edits: [['await redateChunks(', 'void redateChunks(']],
    caughtBy: ['recording-redated'],
  },
  {
    name: 'a date change ends before the index has it',
    kind: 'order',
    file: redate,
    edits: [
      ['    await endDateChanges({ tenant, changeIds });\n', ''],
      [
        '    for (const { transcriptionId',
        '    await endDateChanges({ tenant, changeIds });\n    for (const { transcriptionId',
      ],
    ],
    caughtBy: ['recording-redated', 'recording-redated-while-it-is-redated'],
  },
  {
    name: 'a date change does not end',
    kind: 'drop',
    file: redate,
    edits: [['await endDateChanges({ tenant, changeIds });', '']],
    caughtBy: ['recording-redated', 'recording-redated-that-has-no-transcript'],
  },
  {
    name: 'a date that changes once more is not looked at',
    kind: 'branch',
    file: redate,
    edits: [['for (let done = -1; done !== changes; )', 'for (let done = -1; done === -1; )']],
    caughtBy: ['recording-redated-while-it-is-redated'],
  },
  {
    name: 'other changes of a date end than were found',
    kind: 'carries',
    file: redate,
    edits: [['endDateChanges({ tenant, changeIds })', 'endDateChanges({ tenant, changeIds: [] })']],
    caughtBy: ['recording-redated', 'recording-redated-that-has-no-transcript'],
  },
  {
    name: "a recording is erased without its end user's id",
    kind: 'carries',
    file: erase,
    edits: [
      [
        'eraseRecording({ tenant, id: target.id, endUserId: target.endUserId })',
        'eraseRecording({ tenant, id: target.id })',
      ],
    ],
    caughtBy: ['recording-erased'],
  },
  {
    name: "an end user's sessions are erased at once",
    kind: 'order',
    file: erase,
    edits: [
      [
        'for (const id of left.sessionIds) await step(id, () => eraseSession({ tenant, id }));',
        'await Promise.all(left.sessionIds.map((id) => step(id, () => eraseSession({ tenant, id }))));',
      ],
    ],
    caughtBy: ['end-user-erased'],
  },
  {
    name: "an end user's recordings stay",
    kind: 'drop',
    file: erase,
    edits: [['for (const id of left.recordingIds) await', 'for (const id of []) await']],
    caughtBy: ['end-user-erased'],
  },
  {
    name: 'a session is erased twice',
    kind: 'double',
    file: erase,
    edits: [
      [
        'await step(target.id, () => eraseSession({ tenant, id: target.id, ...only }));',
        'await eraseSession({ tenant, id: target.id }); await eraseSession({ tenant, id: target.id });',
      ],
    ],
    caughtBy: ['session-erased'],
  },
  {
    name: 'what is left of a session is erased though it stands',
    kind: 'carries',
    file: erase,
    edits: [['...(onlyIfGone && { onlyIfGone }), ', '']],
    caughtBy: ['leftovers-of-a-session-erased', 'expired-session-erased'],
  },
  {
    name: 'an expired session is not removed first',
    kind: 'carries',
    file: erase,
    edits: [[', ...(idleSince && { idleSince })', '']],
    caughtBy: ['expired-session-erased'],
  },
  {
    name: 'the second look at an expired session erases one that stands',
    kind: 'carries',
    file: erase,
    edits: [['eraseLater(waitMs)(input)', 'eraseLater(waitMs)({ tenant, target })']],
    caughtBy: ['expired-session-waiting-for-its-second-look'],
  },
  {
    name: 'what did not fit one run of an erasure stays',
    kind: 'drop',
    file: erase,
    edits: [['if (!done) return continueAsNew<typeof erase>({ ...input, since });', '']],
    caughtBy: ['end-user-with-much-erased-in-two-runs'],
  },
  {
    name: 'the next run of an erasure has another target',
    kind: 'carries',
    file: erase,
    edits: [
      [
        'continueAsNew<typeof erase>({ ...input, since })',
        "continueAsNew<typeof erase>({ ...input, since, target: { type: 'session', id: 'as_other' } })",
      ],
    ],
    caughtBy: ['end-user-with-much-erased-in-two-runs'],
  },
  {
    name: 'what is left of an end user is listed once',
    kind: 'drop',
    file: erase,
    edits: [
      [
        '!isEmpty(left); left = await step(target.id, end)',
        '!isEmpty(left); left = { sessionIds: [], recordingIds: [] }',
      ],
    ],
    caughtBy: ['end-user-erased', 'end-user-erased-while-something-is-created'],
  },
  {
    name: 'an erasure does not look once more',
    kind: 'drop',
    file: erase,
    edits: [['if (lookAgainMs !== undefined)', 'if (false)']],
    caughtBy: ['session-erased-and-looked-at-again'],
  },
  {
    name: 'the second look of an erasure does not wait',
    kind: 'drop',
    file: erase,
    edits: [['eraseLater(waitMs)', 'eraseLater(0)']],
    caughtBy: ['erasure-waiting-for-its-second-look'],
  },
  {
    name: 'an overdue erasure does not say so',
    kind: 'drop',
    file: watch,
    edits: [["if (!state.overdue) upsertSearchAttributes([{ key: LAST_OUTCOME, value: 'failed' }]);", '']],
    caughtBy: ['erasure-overdue'],
  },
  {
    name: 'an erasure whose step fails gives up',
    kind: 'branch',
    file: watch,
    edits: [['if (isCancellation(error)) throw error;', 'throw error;']],
    caughtBy: ['erasure-that-fails-at-first'],
  },
  {
    name: 'an erasure whose step fails does not pause',
    kind: 'timer',
    file: watch,
    edits: [['await sleep(PAUSE_MS);', '']],
    caughtBy: ['erasure-that-fails-at-first'],
  },
  {
    name: 'an erasure is watched on after its end',
    kind: 'timer',
    file: watch,
    edits: [['watch.cancel();', '']],
    caughtBy: ['recording-erased', 'end-user-erased'],
  },
  {
    name: 'an overdue erasure that ends still counts as failed',
    kind: 'search attribute',
    file: watch,
    edits: [["if (state.overdue) upsertSearchAttributes([{ key: LAST_OUTCOME, value: 'completed' }]);", '']],
    caughtBy: ['erasure-overdue'],
  },
  {
    name: 'a replaced transcript is retired without what serves in its place',
    kind: 'carries',
    file: index,
    edits: [['transcriptionId: outdated, by })', 'transcriptionId: outdated })']],
    caughtBy: ['transcript-indexed'],
  },
  {
    name: 'what was deleted while it was indexed is retired without its chunks',
    kind: 'carries',
    file: index,
    edits: [['        chunks: progress.total,\n', '']],
    caughtBy: ['transcript-deleted-while-it-is-indexed'],
  },
  {
    name: 'orphans are not swept',
    kind: 'drop',
    file: maintain,
    edits: [['await sweepOrphans();', '']],
    caughtBy: ['maintenance-of-nothing'],
  },
  {
    name: 'more of an end user is listed at once',
    kind: 'carries',
    file: erase,
    edits: [['const MOST_AT_ONCE = 200;', 'const MOST_AT_ONCE = 400;']],
    caughtBy: ['end-user-erased', 'end-user-with-much-erased-in-two-runs'],
  },
  {
    name: 'what has expired is not removed',
    kind: 'drop',
    file: maintain,
    edits: [['await removeExpired();', '']],
    caughtBy: ['maintenance-of-nothing', 'maintenance-of-two-sessions'],
  },
  {
    name: 'what has expired is removed beside the erasure of sessions',
    kind: 'await',
    file: maintain,
    edits: [['await removeExpired();', 'void removeExpired();']],
    caughtBy: ['maintenance-of-nothing', 'maintenance-of-two-sessions'],
  },
  {
    name: 'expired sessions are erased one after the other',
    kind: 'order',
    file: maintain,
    edits: [
      [
        'await Promise.all(sessions.map((session) => eraseOnce(session, lookAgainMs)));',
        'for (const session of sessions) await eraseOnce(session, lookAgainMs);',
      ],
    ],
    caughtBy: ['maintenance-of-two-sessions'],
  },
  {
    name: 'an erasure that runs already stops the maintenance',
    kind: 'branch',
    file: maintain,
    edits: [['if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;', 'throw error;']],
    caughtBy: ['maintenance-beside-an-earlier-one'],
  },
  {
    name: 'a second batch of sessions is left',
    kind: 'branch',
    file: maintain,
    edits: [['if (sessions.length < BATCH) return;', 'return;']],
    caughtBy: ['maintenance-of-more-than-one-batch'],
  },
  {
    name: 'maintenance goes on whatever the length of its history',
    kind: 'branch',
    file: maintain,
    edits: [['while (!workflowInfo().continueAsNewSuggested)', 'while (true)']],
    caughtBy: ['maintenance-stopped-by-a-full-history'],
  },
  {
    name: 'an expired session is erased under the id of a DELETE',
    kind: 'carries',
    file: maintain,
    edits: [['workflowId: expiryWorkflowId(id)', "workflowId: 'erase/' + id"]],
    caughtBy: ['maintenance-of-two-sessions', 'maintenance-of-more-than-one-batch'],
  },
  {
    name: 'an expired session is erased though it is used again',
    kind: 'carries',
    file: maintain,
    edits: [['child({ ...input, idleSince })', 'child(input)']],
    caughtBy: ['maintenance-of-two-sessions'],
  },
  {
    name: 'the erasure of an expired session does not look once more',
    kind: 'drop',
    file: maintain,
    edits: [['await startChild(ERASE, child({ ...input, waitMs: lookAgainMs }));', '']],
    caughtBy: ['maintenance-of-two-sessions'],
  },
];
