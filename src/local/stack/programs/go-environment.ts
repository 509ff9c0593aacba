import { availableParallelism } from 'node:os';

/**
 * For the servers written in Go, two of five processes that share the machine: half of its cores. With all of them, Go
 * wakes and parks threads on cores that the others need, on two cores an eighth of their CPU time, measured.
 */
export const GO_ENVIRONMENT = { GOMAXPROCS: String(Math.max(1, Math.floor(availableParallelism() / 2))) };
