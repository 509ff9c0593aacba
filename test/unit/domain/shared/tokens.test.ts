import { readFileSync } from 'node:fs';
import { countTokens as exact } from 'gpt-tokenizer/encoding/o200k_base';
import { countTokens } from '../../../../src/domain/shared/tokens.ts';

const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');

test.each([
  ['nothing', ''],
  ['prose, tables and code', readme],
  ['Chinese with its punctuation', '我们计划以每台二十五欧元的价格出售这些遥控器，目标利润是五千万欧元。'.repeat(40)],
  ['words of 128 letters', `${'abcd'.repeat(32)} `.repeat(20)],
])('%s has as many tokens as the encoding says', (_, text) => {
  expect(countTokens(text)).toBe(exact(text));
});

test('the name of a special token is plain text', () => {
  expect(countTokens('<|endoftext|>')).toBeGreaterThan(1);
});

test.each([
  ['Thai', 'การประชุมครั้งนี้เราจะพูดถึงราคาเป้าหมายของรีโมทคอนโทรลและกำไรที่คาดหวังจากการขายในตลาดยุโรป'],
  ['Chinese', '我们计划以每台二十五欧元的价格出售这些遥控器目标利润是五千万欧元'],
  ['symbols', '┌─┬─┐│▓│░│└─┴─┘'],
])('%s without a blank is counted within two percent', (_, text) => {
  const long = text.repeat(15);
  expect(countTokens(long) / exact(long)).toBeCloseTo(1, 1.5);
});
