import type { PassageQuery } from '../../ports/library/passage-retriever.ts';

/** The metadata filter of a query; undefined when it admits everything. */
export function filterOf({ recordingIds, recordedAfter, recordedBefore }: PassageQuery): object | undefined {
  const conditions = [
    ...(recordingIds ? [{ recording_id: { $in: [...recordingIds] } }] : []),
    ...(recordedAfter === undefined ? [] : [{ recorded_at: { $gte: Date.parse(recordedAfter) } }]),
    ...(recordedBefore === undefined ? [] : [{ recorded_at: { $lte: Date.parse(recordedBefore) } }]),
  ];
  return conditions.length > 1 ? { $and: conditions } : conditions[0];
}
