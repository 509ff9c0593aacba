import { contentOf, parseReply } from '../../../../../src/domain/answering/reply/citations.ts';
import { ReplyReader } from '../../../../../src/domain/answering/reply/reply-reader.ts';
import { inLinearTime } from '../../../../support/linear.ts';
import { aLine, citing } from '../../../../support/prompt-lines.ts';

const launch = aLine('k7x2m', 62_000, 'The launch moved to May 12.');
const budget = aLine('b2c3d', 90_000, 'It costs more.');
const citable = citing(launch, budget);
const contentIs = (reply: string) => parseReply(reply, citable).content;

function streamed(reply: string, cuts: readonly number[]): string {
  const reader = new ReplyReader(citable);
  const pushed = [0, ...cuts].flatMap((cut, i) => reader.push(reply.slice(cut, cuts[i] ?? reply.length)));
  return contentOf([...pushed, ...reader.end()]);
}

/** Replies of models, and what an answer makes of them. */
const REPLIES: [string, string][] = [
  // Nothing in code is a marker, and what is no marker stays.
  ['Use the pattern `[^0-9]+`.', 'Use the pattern `[^0-9]+`.'],
  [
    'Run\n```js\ns.replace(/[^\\w]/g, "[^k7x2m]")\n```\ndone [^k7x2m].',
    'Run\n```js\ns.replace(/[^\\w]/g, "[^k7x2m]")\n```\ndone [1].',
  ],
  ['It is names[^2] there.', 'It is names[^2] there.'],
  ['So $a[^2]$ grows.', 'So $a[^2]$ grows.'],
  ['A footnote is written [^1] here.', 'A footnote is written [^1] here.'],
  ['Ana said “[^a-z] matches” [^k7x2m].', 'Ana said “[^a-z] matches” [1].'],
  // Markers that models bend.
  ['It moved [^K7X2M].', 'It moved [1].'],
  ['It moved [^k7x2m-b2c3d].', 'It moved [1][2].'],
  ['It moved [k7x2m].', 'It moved [1].'],
  ['It moved 【^k7x2m】.', 'It moved [1].'],
  ['It moved 【k7x2m†source】.', 'It moved [1].'],
  ['It moved ［^k7x2m］.', 'It moved [1].'],
  ['It moved (^k7x2m).', 'It moved [1].'],
  ['It moved ^[k7x2m].', 'It moved [1].'],
  ['It moved [**^k7x2m**].', 'It moved [1].'],
  ['It moved [ ^k7x2m ].', 'It moved [1].'],
  ['It moved [^k7x2m,\n^b2c3d].', 'It moved [1][2].'],
  ['It moved [\u200b^k7x2m].', 'It moved [1].'],
  ['It moved [[^k7x2m]].', 'It moved [1].'],
  ['It moved [^k7x2m](#k7x2m).', 'It moved [1].'],
  ['It moved \\[^k7x2m\\].', 'It moved [1].'],
  // What was right before.
  ['It moved [^k7x2m, ^b2c3d].', 'It moved [1][2].'],
  ['It moved [^k7x2m][^b2c3d].', 'It moved [1][2].'],
  ['It moved [^k7x2m; ^b2c3d].', 'It moved [1][2].'],
  ['It moved [^k7x2m 01:02].', 'It moved [1].'],
  [
    '| what | when |\n| --- | --- |\n| launch [^k7x2m] | May 12 |',
    '| what | when |\n| --- | --- |\n| launch [1] | May 12 |',
  ],
  ['See [1] there [^k7x2m].', 'See [1] there [1].'],
  ['Take a[1] [^k7x2m].', 'Take a[1] [1].'],
  ['It moved [^k7x', 'It moved'],
  ['It moved [^zzzzz].', 'It moved.'],
  ['It moved [^k7x2m].\n\n[^k7x2m]: 01:02 Ana', 'It moved [1].\n\n[1]: 01:02 Ana'],
  ['Write `[^k7x2m]` to cite.', 'Write `[^k7x2m]` to cite.'],
  ['“[1] [^a-z] [^qqqqq]” was said [^k7x2m].', '“[1] [^a-z]” was said [1].'],
];

/** More of the same kinds. */
const MORE: [string, string][] = [
  ['［＾Ｋ７Ｘ２Ｍ］ was it', '[1] was it'],
  ['It moved [[^k7x2m][^b2c3d]].', 'It moved [1][2].'],
  ['It moved [[^k7x2m], [^b2c3d]].', 'It moved [1][2].'],
  ['It moved [[^1]] and [[note]].', 'It moved [[^1]] and [[note]].'],
  ['It moved [^zzzzz, ^k7x2m].', 'It moved [1].'],
  ['It moved 【^zzzzz】[^ZZZZZ].', 'It moved.'],
  ['Not [hello] nor [23456] nor (hello).', 'Not [hello] nor [23456] nor (hello).'],
  ['It moved (k7x2m) and (k7x2m, b2c3d).', 'It moved [1] and [1][2].'],
  ['It is (see k7x2m) so.', 'It is (see k7x2m) so.'],
  ['Nothing was said. [^none]', 'Nothing was said.'],
  ['Nothing 【^NONE】 was said in `[^none]` (none).', 'Nothing was said in `[^none]` (none).'],
  [
    '- **Price**: 25 € [^k7x2m]\n  - less[^b2c3d]\n1. one [^k7x2m]\n\n> quoted [^b2c3d]',
    '- **Price**: 25 € [1]\n  - less [2]\n1. one [1]\n\n> quoted [2]',
  ],
  ['**May 12**[^k7x2m] and **[^b2c3d]**', '**May 12**[1] and **[2]**'],
  ['``a ` [^k7x2m]`` then [^b2c3d]', '``a ` [^k7x2m]`` then [1]'],
  ['A lone ` is no code [^k7x2m].\n\nNext ` here.', 'A lone ` is no code [1].\n\nNext ` here.'],
  ['An escaped \\` is none [^k7x2m] \\`.', 'An escaped \\` is none [1] \\`.'],
  ['~~~\n[^k7x2m]\n```\n[^k7x2m]\n~~~\n[^k7x2m]', '~~~\n[^k7x2m]\n```\n[^k7x2m]\n~~~\n[1]'],
  ['````\n```\n[^k7x2m]\n````\nx [^k7x2m]', '````\n```\n[^k7x2m]\n````\nx [1]'],
  ['> ```\n> [^k7x2m]\nout [^k7x2m]', '> ```\n> [^k7x2m]\nout [1]'],
  ['- ```\n  [^k7x2m]\n  ```\n- x [^k7x2m]', '- ```\n  [^k7x2m]\n  ```\n- x [1]'],
  ['```\nnever closed [^k7x2m]', '```\nnever closed [^k7x2m]'],
  [
    'So:\n\n    code [^k7x2m]\n    more [^k7x2m]\n\nprose [^k7x2m]',
    'So:\n\n    code [^k7x2m]\n    more [^k7x2m]\n\nprose [1]',
  ],
  ['- item\n\n    in the item [^k7x2m]', '- item\n\n    in the item [1]'],
  ['`a\n- [^k7x2m] `b`', '`a\n- [1] `b`'],
  ['A link [May](https://example.org/a[1]) [^k7x2m]', 'A link [May](https://example.org/a[1]) [1]'],
];

/** Kinds that were written later. */
const LATER: [string, string][] = [
  ['It moved **[^k7x2m]** and _[^b2c3d]_.', 'It moved **[1]** and _[2]_.'],
  ['It moved [^ k7x2m , ^ b2c3d ].', 'It moved [1][2].'],
  ['It moved [^k7x2m–^b2c3d] and [^k7x2m to ^b2c3d].', 'It moved [1][2] and [1][2].'],
  ['It moved [^k7x2mb2c3d].', 'It moved [1][2].'],
  ['It moved [^cite:k7x2m] [source:b2c3d].', 'It moved [1][2].'],
  ['It moved [^k7x2m:] and [^k7x2m.].', 'It moved [1] and [1].'],
  ['It moved [^k7x2m|^b2c3d].', 'It moved [1][2].'],
  ['It moved [^k7x2m](https://example.org/k7x2m).', 'It moved [1].'],
  ['It moved [^k7x2m](/recordings/k7x2m) there.', 'It moved [1] there.'],
  ['It moved [^k7x2m](so they say).', 'It moved [1](so they say).'],
  ['It moved [1](^k7x2m) and [2](#b2c3d).', 'It moved [1] and [2].'],
  ['It moved ^k7x2m and ^b2c3d^.', 'It moved [1] and [2].'],
  ['It moved <sup>[^k7x2m]</sup>.', 'It moved [1].'],
  ['It moved<sup>^k7x2m, b2c3d</sup>.', 'It moved [1][2].'],
  ['It moved <cite>k7x2m</cite> <ref>[^b2c3d]</ref>.', 'It moved [1][2].'],
  ['<cite>The Times</cite> has a <source> and a <ref>.', '<cite>The Times</cite> has a <source> and a <ref>.'],
  ['It is 5 m<sup>2</sup> and x<sup>n</sup>.', 'It is 5 m<sup>2</sup> and x<sup>n</sup>.'],
  ['It moved {^k7x2m} and <^b2c3d>.', 'It moved [1] and [2].'],
  ['It moved 「^k7x2m」 and 《b2c3d》.', 'It moved [1] and [2].'],
  ['It moved [^k7x2m) and (^b2c3d].', 'It moved [1] and [2].'],
  ['It moved [^ᵏ⁷ˣ²ᵐ].', 'It moved [1].'],
  ['It moved [@k7x2m] and [#b2c3d].', 'It moved [1] and [2].'],
  ['“It moved [^k7x2m]” [^b2c3d]', '“It moved [1]” [2]'],
  ['| a | [^k7x2m, ^b2c3d] |\n| [k7x2m] | b |', '| a | [1][2] |\n| [1] | b |'],
  ['It moved.[^k7x2m]\n[^b2c3d] It costs.', 'It moved. [1]\n[2] It costs.'],
  ['It moved [^k7x2m', 'It moved [1]'],
  ['It moved [^k7x2m and (so on) then.', 'It moved [1] and (so on) then.'],
  ['Nothing was said ([^none]).', 'Nothing was said.'],
  ['Nothing was said. **[^none]**', 'Nothing was said.'],
  ['It moved ([^zzzzz]) now.', 'It moved now.'],
  ['It moved ([^k7x2m]) now.', 'It moved ([1]) now.'],
  ['Write {a: 1} and <b> and 「c」 and x^2.', 'Write {a: 1} and <b> and 「c」 and x^2.'],
  ['Raise x^k7x2x and a^bcdfg.', 'Raise x^k7x2x and a^bcdfg.'],
  ['* one **two** _three_ (four)\n* [^k7x2m]', '* one **two** _three_ (four)\n* [1]'],
  [
    'See `^k7x2m`, `<sup>[^k7x2m]</sup>` and\n~~~\n^k7x2m\n~~~',
    'See `^k7x2m`, `<sup>[^k7x2m]</sup>` and\n~~~\n^k7x2m\n~~~',
  ],
  ['See https://example.org/a_(b)_c[^k7x2m].', 'See https://example.org/a_(b)_c [1].'],
];

test('the log has 33 replies', () => {
  expect(REPLIES).toHaveLength(33);
});

describe.each([...REPLIES, ...MORE, ...LATER])('%j', (reply, content) => {
  test('becomes the answer', () => {
    expect(contentIs(reply)).toBe(content);
  });

  test('becomes the same answer wherever its stream is cut', () => {
    const letters = Array.from({ length: reply.length - 1 }, (_, i) => i + 1);
    expect(streamed(reply, letters)).toBe(content);
    for (const cut of letters) expect(streamed(reply, [cut])).toBe(content);
  });
});

test.each([
  '`',
  '```',
  '\n```',
  '\n    ',
  '(^',
  '[[^',
  '\\',
  '^',
  '`a',
  '\n- ',
  '\n> ',
  '9',
  '[^zzzzz(',
  '*',
  '_',
  '<sup>',
  '{',
  '**[^',
  '<',
  '([',
])('a hundred thousand of %j in a row are read', (one) => {
  const reply = one.repeat(100_000);
  // What may be half a marker at its end is cut off.
  expect(inLinearTime(() => contentIs(reply)).length).toBeGreaterThanOrEqual(reply.trim().length - 3);
  const reader = new ReplyReader(citable);
  expect(inLinearTime(() => Array.from({ length: 20_000 }, () => reader.push(one))).length).toBe(20_000);
});
