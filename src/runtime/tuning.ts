import { availableParallelism } from 'node:os';

/**
 * Every knob that is turned for speed or memory. Measurements: `docs/performance.md`. Nothing needs any of them to be
 * right, except the first two lines of `TEMPORAL_DYNAMIC_CONFIG`.
 *
 * | knob | effect | how to remove it |
 * | --- | --- | --- |
 * | `HEAP_FLAGS` | API and worker with 1,000 sessions: 740 MB instead of 1,300, a tenth to a fifth more of the worker's CPU | empty the list |
 * | `MALLOC_ENVIRONMENT` | 35 to 75 MB less, no CPU | empty the object |
 * | `BUFFER_POOL_BYTES` | 30 MB less in the worker | delete its use in `src/roles/worker.ts` |
 * | `WORKFLOW_PRELUDE` | 4 ms of CPU less a turn; the Temporal UI shows no call stack | make it an empty text |
 * | `GO_SHARE` | 3 ms less a turn, 5 ms of CPU less at 16 sessions | delete it from the two environments |
 * | `TEMPORAL_ENVIRONMENT.GOGC` | 4 % less of Temporal's CPU for 50 MB | delete it |
 * | `MONGO_ENVIRONMENT.GOGC` | 6 ms less of FerretDB's CPU a turn | delete it |
 * | `TEMPORAL_DYNAMIC_CONFIG` | a hop of a workflow waits 0.5 ms instead of 50 ms for the one shard of the development server | delete the lines but the first two |
 */

/**
 * Most of what a turn allocates is garbage soon. V8's own limits are made for machines with memory to spare: with them a
 * thousand sessions took 1.2 GB, of which half was garbage.
 */
export const HEAP_FLAGS = ['--max-semi-space-size=4', '--heap-growing-percent=20'];

/** Without it the SDK's native threads keep an arena each, and glibc keeps ever more of what is freed once large pieces were. */
export const MALLOC_ENVIRONMENT = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};

/** The SDK keeps each session's last completion, and with it the whole slab that Node cut it from: 64 kB by default. */
export const BUFFER_POOL_BYTES = 8 * 1024;

/**
 * Code that runs before the workflows. The SDK takes a stack trace for every promise of a workflow, for the UI's call
 * stack; a session's current details say more, and a replay of a history shows what a failing workflow loses by it
 * (`stackTraces`). A limit of 0 would still have an empty trace formatted for each.
 */
export const WORKFLOW_PRELUDE = 'delete Error.stackTraceLimit;';

/**
 * The servers written in Go are two of five processes that share the machine, so each gets half of its cores. With all of
 * them, Go wakes and parks threads on cores that the others need: on two cores an eighth of their CPU time.
 */
const GO_SHARE = { GOMAXPROCS: String(Math.max(1, Math.floor(availableParallelism() / 2))) };

/** Half as many collections. At 400 it is a fiftieth less CPU again, for 170 MB. */
export const TEMPORAL_ENVIRONMENT = { ...GO_SHARE, GOGC: '200' };

/** FerretDB makes much garbage of small documents: with fewer collections an operation takes a fifth less CPU. */
export const MONGO_ENVIRONMENT = { ...GO_SHARE, GOGC: '400' };

/** Of the development server. A cluster's stands in `deploy/temporal/dynamicconfig.yaml`. */
export const TEMPORAL_DYNAMIC_CONFIG = [
  // SESSION_MAX_QUEUED decides how many turns of a session may wait. An update above the server's own limit of 10 makes it
  // drop the workflow task in progress.
  'history.maxInFlightUpdates=0',
  // Else a run that has just closed is deleted minutes later, and the words of an erased session with it.
  'history.transferProcessorEnsureCloseBeforeDelete=false',
  // One shard that is polled 20 times a second is the default: every hop of a workflow would wait 50 ms for it.
  'history.transferProcessorMaxPollRPS=2000',
  'history.timerProcessorMaxPollRPS=2000',
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
  'system.enableActivityEagerExecution=true',
];
