import { endOfUnmarkedThinking, THINKING_ENDS } from '../../../../../src/domain/answering/models/reply-marks.ts';
import { ThinkingFilter, withoutThinking } from '../../../../../src/domain/answering/models/thinking.ts';

/** What is shown of a text that comes in pieces of this length. */
function inPieces(text: string, length: number, ends: readonly string[] = []): string {
  const filter = new ThinkingFilter(ends);
  let shown = '';
  for (let at = 0; at < text.length; at += length) shown += filter.push(text.slice(at, at + length));
  return shown + filter.end();
}

describe.each([1, 2, 3, 5, 7, 1_000])('in pieces of %i characters', (length) => {
  test.each([
    ['at the beginning', '<think>\nhm\n</think>\n\nBlue.', 'Blue.'],
    ['behind blanks', '\n\n<think>hm</think>\n\nBlue.', 'Blue.'],
    ['that is empty', '<think>\n\n</think>\n\nBlue.', 'Blue.'],
    ['twice', '<think>a</think>Blue <think>b</think> sky.', 'Blue sky.'],
    ['in the middle', 'Sure. <think>hm</think> Blue.', 'Sure. Blue.'],
    ['by other marks', '[THINK]hm[/THINK]Blue.', 'Blue.'],
    [
      'in channels',
      '<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>Blue.',
      'Blue.',
    ],
    ['that never ends', '<think>hm, the user', ''],
    ['in capitals', '<THINK>hm</Think>Blue.', 'Blue.'],
    ['before an answer in marks', '<think>hm</think>\n<answer>\nBlue.</answer>', 'Blue.'],
    [
      'with the end of a template',
      '<|START_THINKING|>a<|END_THINKING|><|START_RESPONSE|>Blue.<|END_RESPONSE|>\n',
      'Blue.',
    ],
    ['but not, with the end of a template alone', 'Blue.<|im_end|>', 'Blue.'],
  ])('thinking %s is left out', (_, text, shown) => {
    expect(inPieces(text, length)).toBe(shown);
    expect(withoutThinking(text)).toBe(shown);
  });

  test.each([
    'Blue.',
    '\n\nBlue < sky, a<thin> b.',
    'The tag `<think>` begins it.',
    'Write:\n```\n<think>hm</think>\n```\nBlue.',
    'The tag <think> has no end here.',
    'Write `a </think> b`, then `</s>`',
    'Strike <s>x</s> it: <answer>',
    'It ends with <|im_end|> and more.',
    'Blue <',
  ])('%j has no thinking', (text) => {
    expect(inPieces(text, length)).toBe(text);
    expect(withoutThinking(text)).toBe(text);
  });

  test.each([[['</think>']], [THINKING_ENDS]])(
    'thinking whose first mark stands in the prompt is left out: %j',
    (ends) => {
      expect(inPieces('hm, so\n</think>\n\nBlue.', length, ends)).toBe('Blue.');
      expect(inPieces('Blue.', length, ends)).toBe('Blue.');
      expect(inPieces('<think>hm</think>Blue.', length, ends)).toBe('Blue.');
      expect(inPieces('It ends with `</think>`.', length, ends)).toBe('It ends with `</think>`.');
    },
  );
});

test('thinking whose first mark stands in the prompt is known by its end', () => {
  expect(endOfUnmarkedThinking('hm\n</think>\n\nBlue.')).toBe('</think>');
  expect(withoutThinking('hm\n</think>\n\nBlue.')).toBe('Blue.');
  expect(endOfUnmarkedThinking('<think>hm</think>Blue.')).toBeNull();
  expect(endOfUnmarkedThinking('It ends with `</think>`.')).toBeNull();
});

describe('where thinking may stand first', () => {
  test('nothing is shown before it has ended, and what follows comes at once', () => {
    const filter = new ThinkingFilter(THINKING_ENDS);
    expect(['hm, ', 'so ', '</think>', 'Blue', ' sky'].map((piece) => filter.push(piece))).toEqual([
      '',
      '',
      '',
      'Blue',
      ' sky',
    ]);
  });

  test('what was held back is shown once the text is known to begin with words', () => {
    const filter = new ThinkingFilter(THINKING_ENDS);
    expect(filter.push('Blue')).toBe('');
    expect(filter.beginsWithWords()).toBe('Blue');
    expect(filter.push(' sky.')).toBe(' sky.');
    expect(filter.beginsWithWords()).toBe('');
  });
});
