import { DONE, events } from '../../reply-server.ts';
import type { Kind } from '../kind.ts';

const USAGE = { prompt_tokens: 10, completion_tokens: 5 };
const says = (content: string) => ({ model: 'm', choices: [{ index: 0, delta: { content }, finish_reason: null }] });
const ends = (finish_reason: string) => ({
  model: 'm',
  choices: [{ index: 0, delta: {}, finish_reason }],
  usage: USAGE,
});
const blue = { text: 'Blue.', finishReason: 'stop', model: 'm', tokens: '10/5' } as const;

/** A stream of this text, cut into pieces of three characters. */
const streamOf = (text: string, finish = 'stop') =>
  events(...(text.match(/[\s\S]{1,3}/g) ?? []).map(says), ends(finish), DONE);
const kindsOf = (text: (words: string) => string, words: string[], is: Kind['is']): Kind[] =>
  words.map((each) => ({ kind: `marks of thinking: ${JSON.stringify(text(each))}`, body: streamOf(text(each)), is }));

/** Replies whose text carries marks of thinking or of a chat template, and answers that speak of such marks. */
export const thinkingMarks: Kind[] = [
  ...kindsOf(
    (text) => text,
    [
      '<think>\nhm\n</think>\n\nBlue.',
      '<Think>hm</Think>Blue.',
      '<THINKING>\nhm\n</THINKING>\nBlue.',
      '<thoughts>hm</thoughts>Blue.',
      '<reflection>hm</reflection>\n\nBlue.',
      '<scratchpad>hm</scratchpad>\nBlue.',
      '<longcat_think>\nhm\n</longcat_think>\nBlue.',
      '<seed:think>hm</seed:think>Blue.',
      '[THINK]hm[/THINK]Blue.',
      '◁think▷hm◁/think▷Blue.',
      '<|begin_of_thought|>\nhm\n<|end_of_thought|>\n\n<|begin_of_solution|>\nBlue.<|end_of_solution|>',
      '<|START_THINKING|>hm<|END_THINKING|><|START_RESPONSE|>Blue.<|END_RESPONSE|>',
      '<|inner_prefix|>hm<|inner_suffix|>Blue.',
      '<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>Blue.<|return|>',
      '<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>commentary<|message|>b<|end|><|start|>assistant<|channel|>final<|message|>Blue.',
      '<think>hm</think>\n<answer>Blue.</answer>',
    ],
    blue,
  ),
  ...kindsOf(
    (text) => text,
    ['Blue.<|im_end|>', 'Blue.<|eot_id|>', 'Blue.</s>', 'Blue.<end_of_turn>', 'Blue.<|end|>', 'Blue.<|endoftext|>'],
    blue,
  ),
  ...[
    'The tag `<think>` begins it.',
    'Write `<think>` and then `</think>`.',
    'It ends with the tag `a </think>` there.',
    'Use `x <think> y` here.',
    'So:\n```xml\n<think>hm</think>\n<answer>x</answer></s>\n```\nBlue.',
    'The HTML `<s>x</s>` strikes it.',
    'Strike <s>x</s> it.',
    'A tag <thinker>x</thinker> is another.',
  ].map(
    (text): Kind => ({
      kind: `words about marks: ${JSON.stringify(text)}`,
      body: streamOf(text),
      is: { ...blue, text },
    }),
  ),
  {
    kind: 'thinking that is cut by the limit, with odd marks',
    body: streamOf('<thoughts>hm', 'length'),
    is: { reason: 'output_limit' },
  },
  { kind: 'thinking that never ends', body: streamOf('<|begin_of_thought|>hm'), is: { reason: 'empty_reply' } },
  {
    kind: 'an analysis that never comes to an answer',
    body: streamOf('<|channel|>analysis<|message|>hm<|end|>', 'length'),
    is: { reason: 'output_limit' },
  },
];
