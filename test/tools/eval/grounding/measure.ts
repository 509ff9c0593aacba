import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { checkGrounding } from '../../../../src/domain/answering/grounding/check-grounding.ts';
import type { Grounding } from '../../../../src/domain/ask/grounding.ts';
import { type Meeting, readMeetings } from '../meetings.ts';
import { type Distortion, distortionsOf } from './distort.ts';

const here = import.meta.dirname;
const sentences = z.array(
  z.object({ meeting: z.string(), lines: z.array(z.int()).min(1), otherForm: z.boolean(), sentence: z.string() }),
);
export type HonestSentence = z.infer<typeof sentences>[number];

/** What the check says of honest sentences and of distorted ones. */
export interface Measured {
  honest: number;
  falseAlarms: { sentence: string; grounding: Grounding }[];
  distorted: Record<Distortion['kind'], number>;
  missed: Distortion[];
}

export function readHonest(set: 'honest' | 'held-out'): HonestSentence[] {
  return sentences.parse(JSON.parse(readFileSync(join(here, `${set}.json`), 'utf8')));
}

export function measure(honest: readonly HonestSentence[]): Measured {
  const meetings = new Map(readMeetings().map((meeting) => [meeting.name, meeting]));
  const measured: Measured = {
    honest: honest.length,
    falseAlarms: [],
    distorted: { number: 0, name: 0, date: 0, speaker: 0, quote: 0 },
    missed: [],
  };
  for (const { meeting: name, lines, sentence } of honest) {
    const meeting = meetings.get(name);
    if (meeting === undefined) throw new Error(`there is no meeting ${name}`);
    const grounding = check(meeting, lines, sentence);
    if (grounding.status !== 'supported') measured.falseAlarms.push({ sentence, grounding });
    for (const distortion of distortionsOf(sentence)) {
      measured.distorted[distortion.kind]++;
      if (check(meeting, lines, distortion.sentence).status !== 'partial') measured.missed.push(distortion);
    }
  }
  return measured;
}

/** The sentence as an answer that cites these lines. */
function check(meeting: Meeting, lines: readonly number[], sentence: string): Grounding {
  const cited = lines.map((line) => {
    const segment = meeting.segments[line];
    if (segment === undefined) throw new Error(`${meeting.name} has no line ${line}`);
    return { cited: { ...segment, title: meeting.name, recordedAt: meeting.startedAt } };
  });
  return checkGrounding({
    parts: [sentence.replace(/\.$/, ' '), ...cited, '.'],
    question: 'What was said?',
    speakers: [...new Set(meeting.segments.flatMap(({ speaker }) => speaker ?? []))],
    saysNotFound: false,
    timeZone: 'UTC',
  });
}
