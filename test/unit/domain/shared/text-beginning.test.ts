import { beginningOf } from '../../../../src/domain/shared/text-beginning.ts';

test('a short text is its own beginning', () => {
  expect(beginningOf('Ana', 3)).toBe('Ana');
  expect(beginningOf('', 3)).toBe('');
});

test('a long text is cut at its length, and before a character that does not fit', () => {
  expect(beginningOf('Anna', 3)).toBe('Ann');
  expect(beginningOf('An😀', 3)).toBe('An');
  expect(beginningOf('A😀n', 3)).toBe('A😀');
});
