import { AskError } from '../../../domain/shared/errors.ts';
import type { KeyId } from '../../../domain/shared/ids.ts';
import { EVENT_STREAM } from '../lib/event-stream-type.ts';
import type { Route } from '../lib/route.ts';
import { streamed } from '../schemas/field-schemas.ts';

/** `events` wait for what comes; a `download` holds a page of what is stored until its reader has taken it. */
type StreamKind = 'events' | 'download';

/** How many open streams of each kind a key may have in one process. */
export type StreamLimits = Record<StreamKind, number>;

export interface StreamSlots {
  /** Takes a slot for what the route may answer. @returns how to give it back; once. @throws AskError `queue_full` */
  take(key: KeyId, kind: StreamKind | null): () => void;
}

/** What one client leaves open must not use up what all of them share. */
export function createStreamSlots(limits: StreamLimits): StreamSlots {
  const open = new Map<string, number>();
  return {
    take(key, kind) {
      if (kind === null) return () => undefined;
      const name = `${kind}/${key}`;
      const count = open.get(name) ?? 0;
      if (count >= limits[kind]) throw tooMany(limits[kind]);
      open.set(name, count + 1);
      return () => {
        const left = (open.get(name) ?? 1) - 1;
        if (left > 0) open.set(name, left);
        else open.delete(name);
      };
    },
  };
}

/** Which kind of stream the route answers with; null for a body that is there at once. */
export function streamKindOf({ media, responses }: Route, wantsEvents: boolean): StreamKind | null {
  const types = Object.keys(media?.[200] ?? {});
  if (types.includes(EVENT_STREAM)) return wantsEvents || types.length === 1 ? 'events' : null;
  return responses[200] === streamed ? 'download' : null;
}

function tooMany(limit: number): AskError {
  return new AskError('queue_full', `This key has ${limit} streams open. Close one, or wait until one ends.`, {
    retryAfterMs: 1_000,
  });
}
