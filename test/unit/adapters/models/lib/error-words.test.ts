import { keepErrorWords } from '../../../../../src/adapters/models/lib/error-words.ts';

test.each([
  ["Unsupported parameter: 'max_tokens' is not supported with this model.", null],
  [
    'Rate limit reached for requests: limit 20, used 21. Please try again in 7 seconds.',
    'Rate limit reached for requests: limit 20, used 21. Please try … in 7 seconds.',
  ],
  ['invalid request near "Quokka said that narwhals launch in June"', 'invalid request near "… that … in …"'],
  ['call 004915112345678 [key] [prompt]', 'call … [key] [prompt]'],
])('%s', (said, kept) => {
  expect(keepErrorWords(said)).toBe(kept ?? said);
});
