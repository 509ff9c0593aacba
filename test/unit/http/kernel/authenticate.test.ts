import { secretIn } from '../../../../src/http/kernel/steps/authenticate.ts';

test('a key is the same one however its header is spelled', () => {
  const spellings = ['Bearer sk_test_x', 'bearer sk_test_x', 'BEARER    sk_test_x'];
  expect(spellings.map(secretIn)).toEqual(spellings.map(() => 'sk_test_x'));
  expect(['', 'sk_test_x', 'Basic sk_test_x', 'Bearer sk test'].map(secretIn)).toEqual(Array(4).fill(undefined));
});
