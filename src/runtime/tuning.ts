/**
 * How the roles are started. Most of what a turn allocates is garbage soon: with V8's own limits, made for machines with
 * memory to spare, a thousand sessions took 1.2 GB, of which half was garbage; with these it is half as much, for a
 * tenth to a fifth more of the worker's CPU time.
 */
export const HEAP_FLAGS = ['--max-semi-space-size=4', '--heap-growing-percent=20'];

/** The SDK's native threads otherwise keep an arena each, and glibc keeps ever more of what is freed once large pieces were. */
export const MALLOC_ENVIRONMENT = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};
