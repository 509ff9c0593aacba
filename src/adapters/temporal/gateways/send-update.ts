import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { AskError, unavailable } from '../../../domain/shared/errors.ts';
import { classifyUpdateError } from '../client/update-errors.ts';

/** A full history is continued as new, and a lost workflow task is made anew, within milliseconds. */
const ROTATION_PAUSE_MS = 50;

/** Sends an update until it is decided. */
export async function sendUpdate<T>(client: Client, waitMs: number, send: () => Promise<T>): Promise<T>;
export async function sendUpdate<T>(
  client: Client,
  waitMs: number,
  send: () => Promise<T>,
  late: () => Promise<AskError>,
): Promise<T | 'interrupted'>;
export async function sendUpdate<T>(
  client: Client,
  waitMs: number,
  send: () => Promise<T>,
  late?: () => Promise<AskError>,
): Promise<T | 'interrupted'> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    try {
      return await client.withDeadline(deadline, send);
    } catch (error) {
      switch (classifyUpdateError(error)) {
        case 'rotating':
        case 'unprocessed':
          await sleep(ROTATION_PAUSE_MS);
          continue;
        case 'queue_full':
          throw new AskError(
            'queue_full',
            'Too many turns of this session are waiting. Send the message again later.',
            {
              retryAfterMs: 5_000,
            },
          );
        case 'timed_out':
          throw late === undefined ? unavailable('The worker') : await late();
        case 'interrupted':
          return 'interrupted';
        case 'not_found':
        case 'unreachable':
          throw unavailable('Temporal', error);
      }
    }
  }
}
