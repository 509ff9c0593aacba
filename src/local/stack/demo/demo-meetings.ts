import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const schema = z.object({
  started_at: z.iso.datetime(),
  segments: z.array(z.object({ start: z.number(), end: z.number(), speaker: z.string(), text: z.string() })).nonempty(),
});

/** A sample meeting as the HTTP API takes it: times in seconds. */
export interface DemoMeeting {
  name: string;
  startedAt: string;
  endedAt: string;
  segments: z.infer<typeof schema>['segments'];
}

/** The four meetings of the series, in order. */
export const DEMO_MEETINGS = [
  { file: 'ES2006a', name: 'Remote control 1: kick-off' },
  { file: 'ES2006b', name: 'Remote control 2: functional design' },
  { file: 'ES2006c', name: 'Remote control 3: conceptual design' },
  { file: 'ES2006d', name: 'Remote control 4: detailed design' },
] as const;

/** A first question whose extractive answer reads well. */
export const DEMO_QUESTION = 'Which chip do they choose, and do they keep kinetic or solar energy?';

/** The place in `DEMO_MEETINGS` of the meeting that answers `DEMO_QUESTION`. */
export const DEMO_QUESTION_MEETING = 3;

export async function readDemoMeeting({ file, name }: (typeof DEMO_MEETINGS)[number]): Promise<DemoMeeting> {
  const text = await readFile(new URL(`demo-data/${file}.json`, import.meta.url), 'utf8');
  const { started_at, segments } = schema.parse(JSON.parse(text));
  const seconds = Math.max(...segments.map((segment) => segment.end));
  const endedAt = new Date(Date.parse(started_at) + seconds * 1_000).toISOString();
  return { name, startedAt: started_at, endedAt, segments };
}
