import type { Segment, Transcription } from '../../../domain/library/transcript.ts';
import type { StoredSegmentPage } from '../collections/library-documents.ts';
import { ownerOf } from '../lib/tenant-filter.ts';

const MAX_SEGMENTS = 500;
/** Keeps a page, with its names and numbers, well below the 16 MiB of one document whatever the alphabet. */
const MAX_CHARACTERS = 250_000;

export const pageId = (transcriptionId: string, page: number) => `${transcriptionId}/${page}`;

/**
 * A transcript may exceed one document, so its segments are stored in pages, read by `_id`.
 * @param first the number of the first page
 */
export function segmentPages(
  transcription: Transcription,
  segments: readonly Segment[],
  first: number,
): StoredSegmentPage[] {
  return split(segments).map((page, index) => ({
    _id: pageId(transcription.id, first + index),
    ...ownerOf(transcription),
    recordingId: transcription.recordingId,
    transcriptionId: transcription.id,
    segments: page,
  }));
}

function split(segments: readonly Segment[]): Segment[][] {
  const pages: Segment[][] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const segment of segments) {
    const size = segment.text.length + (segment.speaker?.length ?? 0);
    const page = pages.at(-1);
    if (page === undefined || page.length === MAX_SEGMENTS || characters + size > MAX_CHARACTERS) {
      pages.push([segment]);
      characters = size;
    } else {
      page.push(segment);
      characters += size;
    }
  }
  return pages;
}
