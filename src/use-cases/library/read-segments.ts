import type { Tenant } from '../../domain/access/tenant.ts';
import type { Segment } from '../../domain/library/transcript.ts';
import { notFound } from '../../domain/shared/errors.ts';
import type { TranscriptionId } from '../../domain/shared/ids.ts';
import type { TranscriptStore } from '../../ports/library/library-store.ts';

/** A segment's place: a stored page, and the segment in it, both from 0. */
export interface SegmentPlace {
  page: number;
  index: number;
}

/** Segments in order, and the place of the one after them; null at the end. */
export interface SegmentRun {
  segments: Segment[];
  next: SegmentPlace | null;
}

/**
 * The segments of a transcription from a place on, a stored page at a time, so that one of any length takes little memory.
 * @throws AskError `not_found` when the transcription goes in the meantime
 */
export async function* readSegments(
  transcripts: Pick<TranscriptStore, 'segmentPage'>,
  tenant: Tenant,
  id: TranscriptionId,
  { from, limit }: { from?: SegmentPlace | null; limit?: number } = {},
): AsyncGenerator<SegmentRun> {
  let left = limit ?? Number.POSITIVE_INFINITY;
  let next: SegmentPlace | null = from ?? { page: 0, index: 0 };
  while (next !== null && left > 0) {
    const place: SegmentPlace = next;
    const { page, index } = place;
    const found = await transcripts.segmentPage(tenant, id, page);
    if (found === null) throw notFound('transcription', id);
    const segments = found.segments.slice(index, index + left);
    left -= segments.length;
    const end = index + segments.length;
    if (end < found.segments.length) next = { page, index: end };
    else next = page + 1 < found.pageCount ? { page: page + 1, index: 0 } : null;
    yield { segments, next };
  }
}

/**
 * Who speaks in the segment that begins at a millisecond; null where nobody is named or no segment begins then. Looks at a
 * few pages alone, because segments are stored in order.
 */
export async function speakerAt(
  transcripts: Pick<TranscriptStore, 'segmentPage'>,
  tenant: Tenant,
  id: TranscriptionId,
  startMs: number,
): Promise<string | null> {
  let [low, high] = [0, 0];
  for (let page = 0, first = true; first || low <= high; first = false, page = Math.floor((low + high) / 2)) {
    const found = await transcripts.segmentPage(tenant, id, page);
    if (first) high = (found?.pageCount ?? 0) - 1;
    const segment = found?.segments.find((each) => each.startMs === startMs);
    if (segment !== undefined) return segment.speaker;
    const begin = found?.segments[0]?.startMs;
    if (begin === undefined) return null;
    if (startMs < begin) high = page - 1;
    else low = page + 1;
  }
  return null;
}
