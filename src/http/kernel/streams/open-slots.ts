import type { ServerResponse } from 'node:http';
import { AskError } from '../../../domain/shared/errors.ts';
import type { KeyId, ProjectId } from '../../../domain/shared/ids.ts';
import { EVENT_STREAM } from '../lib/event-stream-type.ts';
import type { Route } from '../lib/route.ts';
import { streamed } from '../schemas/field-schemas.ts';

/**
 * `events` wait for what comes; a `download` holds a page of what is stored until its reader has taken it; a `body` is a
 * large one, on the disk until what it brings is stored; a `run` waits until it is its project's turn to start one.
 */
type SlotKind = 'events' | 'download' | 'body' | 'run';

/** How many slots of each kind an owner may hold in one process. */
export type SlotLimits = Record<SlotKind, number>;

export interface OpenSlots {
  /** Takes a slot. @returns how to give it back; once. @throws AskError `queue_full` */
  take(owner: KeyId | ProjectId, kind: SlotKind): () => void;
}

/** What one client holds open must not use up what all of them share. */
export function createOpenSlots(limits: SlotLimits): OpenSlots {
  const open = new Map<string, number>();
  return {
    take(owner, kind) {
      const name = `${kind}/${owner}`;
      const count = open.get(name) ?? 0;
      if (count >= limits[kind]) throw tooMany(kind, limits[kind]);
      open.set(name, count + 1);
      return () => {
        const left = (open.get(name) ?? 1) - 1;
        if (left > 0) open.set(name, left);
        else open.delete(name);
      };
    },
  };
}

/** Gives a slot back with the end of the response, also of one whose client has gone while its request waited. */
export function untilClosed(response: ServerResponse, release: () => void): void {
  if (response.closed) release();
  else response.once('close', release);
}

/** Which kind of stream the route answers with; null for a body that is there at once. */
export function streamKindOf({ media, responses }: Route, wantsEvents: boolean): 'events' | 'download' | null {
  const types = Object.keys(media?.[200] ?? {});
  if (types.includes(EVENT_STREAM)) return wantsEvents || types.length === 1 ? 'events' : null;
  return responses[200] === streamed ? 'download' : null;
}

/** Whether it imports or deletes: a run in the background then does the rest. */
export function startsRun({ method, textBody }: Route): boolean {
  return method === 'DELETE' || textBody !== undefined;
}

function tooMany(kind: SlotKind, limit: number): AskError {
  const ofProject = { body: 'large imports', run: 'imports and deletions', events: null, download: null }[kind];
  const message =
    ofProject === null
      ? `This key has ${limit} streams open. Close one, or wait until one ends.`
      : `This project has ${limit} ${ofProject} under way. Send the next one when one of them is accepted.`;
  return new AskError('queue_full', message, { retryAfterMs: ofProject === null ? 1_000 : 5_000 });
}
