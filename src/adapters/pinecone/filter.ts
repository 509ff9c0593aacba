import type { PassageQuery } from '../../ports/library/passage-retriever.ts';

/** The metadata filter of a query; undefined where it admits everything. */
export function filterOf(query: PassageQuery): object | undefined {
  const { recordingIds } = query;
  const named = recordingIds ? [{ recording_id: { $in: [...recordingIds] } }] : [];
  return allOf([...named, ...recordedWithin(query)]);
}

function recordedWithin({ recordedAfter, recordedBefore, redated = [] }: PassageQuery): object[] {
  const bounds = [
    ...(recordedAfter === undefined ? [] : [{ recorded_at: { $gte: Date.parse(recordedAfter) } }]),
    ...(recordedBefore === undefined ? [] : [{ recorded_at: { $lt: Date.parse(recordedBefore) } }]),
  ];
  const window = allOf(bounds);
  if (window === undefined || redated.length === 0) return bounds;
  return [{ $or: [window, { recording_id: { $in: [...redated] } }] }];
}

function allOf(conditions: object[]): object | undefined {
  return conditions.length > 1 ? { $and: conditions } : conditions[0];
}
