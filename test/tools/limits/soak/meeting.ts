import { randomInt } from 'node:crypto';

/** A question and what the answer must say and cite. */
export interface Question {
  content: string;
  says: string;
  recordingId: string;
}

/** A meeting in which prices are told, each of a thing that no other meeting of the end user has. */
export interface Meeting {
  segments: { start: number; end: number; speaker: string; text: string }[];
  prices: { thing: string; euros: number }[];
}

const WORDS =
  'we said that the launch moves to May because review of second part is late and few mind team plans budget for autumn ' +
  'design needs another look before anyone builds it market wants something small quick light which people carry around ' +
  'sales numbers from last quarter show how much interest there was in both countries after fair opened doors again';
const VOCABULARY = WORDS.split(' ');
const SPEAKERS = ['Ana López', 'Ben Ode', 'Chi Wang'];
const SEGMENT_SECONDS = 4;
const PRICE_EVERY = 12;
const KINDS =
  'amber blue cheap double electric folding green hollow iron jade knitted leather marble narrow oval purple'.split(
    ' ',
  );
const GOODS = (
  'anchor basket candle drum engine fiddle guitar hammer island jacket kettle ladder mirror needle oven piano quilt raft ' +
  'saddle trumpet umbrella violin wagon yacht zither bicycle camera donkey elevator fountain glove helmet iceberg jar ' +
  'keyboard lantern microscope notebook orange parachute rocket sofa telescope unicorn vase whistle yoghurt'
).split(' ');
let things = 0;

export function meetingOf(minutes: number): Meeting {
  const prices: Meeting['prices'] = [];
  const segments = Array.from({ length: (minutes * 60) / SEGMENT_SECONDS }, (_, i) => {
    const start = i * SEGMENT_SECONDS;
    const speaker = SPEAKERS[i % SPEAKERS.length] ?? '';
    return { start, end: start + SEGMENT_SECONDS, speaker, text: i % PRICE_EVERY === 2 ? price() : talk() };
  });
  return { segments, prices };

  function price(): string {
    const thing = nameOf(things++);
    const euros = 10_000 + things;
    prices.push({ thing, euros });
    return `The price of the ${thing} is ${euros} euros.`;
  }
}

/** The `i`-th question about a meeting. */
export function questionAbout({ prices }: Meeting, recordingId: string, i: number): Question {
  const { thing = '', euros = 0 } = prices[i % prices.length] ?? {};
  return { content: `What is the price of the ${thing}? (${i})`, says: `${euros} euros`, recordingId };
}

/** As JSON, or in the format of subtitles. */
export function bodyOf({ segments }: Meeting, format: 'json' | 'vtt') {
  if (format === 'json') return { headers: {}, body: JSON.stringify({ language: 'en', segments }) };
  const clock = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(11, 23);
  const cues = segments.map(({ start, end, speaker, text }) => {
    return `${clock(start)} --> ${clock(end)}\n<v ${speaker}>${text}`;
  });
  return { headers: { 'content-type': 'text/vtt' }, body: `WEBVTT\n\n${cues.join('\n\n')}\n` };
}

/** JSON of so many bytes that says little, as of a tool that indents: it costs reading, not embedding. */
export function largeBody(bytes: number): { headers: object; body: string; count: number } {
  const count = 4_000;
  const segment = (i: number) => `{"start":${i},"end":${i + 1},"text":"Yes, number ${i}."}`;
  const segments = Array.from({ length: count }, (_, i) => segment(i).padEnd(bytes / count));
  return { headers: {}, body: `{"segments":[${segments.join(',')}]}`, count };
}

/** Words in an order that does not come back, because passages that repeat each other are shown once. */
function talk(): string {
  return Array.from({ length: 10 }, () => VOCABULARY[randomInt(VOCABULARY.length)]).join(' ');
}

/** No end user hears of so many things that one comes back. */
function nameOf(thing: number): string {
  return `${KINDS[Math.floor(thing / GOODS.length) % KINDS.length]} ${GOODS[thing % GOODS.length]}`;
}
