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
])('200,000 %s in a row are counted', (_, one) => {
  // Without the cuts each of them would take minutes.
  const text = one.repeat(200_000 / one.length);
  expect(inLinearTime(() => countTokens(text))).toBeGreaterThan(1000);
});
