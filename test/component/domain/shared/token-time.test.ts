import { countTokens } from '../../../../src/domain/shared/tokens.ts';
import { inLinearTime } from '../../../support/linear.ts';

test.each([
  ['letters', 'a'],
  ['Thai', 'ก'],
  ['blanks', ' '],
  ['lines', '\n'],
  ['signs', '!'],
  ['emoji', '😀'],
  ['accents', '\u0301'],
  ['signs with accents', '!\u0301'],
])('a million %s in a row are counted', (_, one) => {
  const text = one.repeat(1_000_000 / one.length);
  expect(inLinearTime(() => countTokens(text))).toBeGreaterThan(1000);
});
