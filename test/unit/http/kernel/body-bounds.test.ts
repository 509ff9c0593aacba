import { z } from 'zod';
import { AskError } from '../../../../src/domain/shared/errors.ts';
import { assertPlainData } from '../../../../src/http/kernel/lib/plain-data.ts';
import { arrayOf, metadata } from '../../../../src/http/kernel/schemas/field-schemas.ts';
import { validate } from '../../../../src/runtime/validate.ts';

const detailsOf = (check: () => unknown) => {
  try {
    check();
  } catch (error) {
    if (error instanceof AskError) return error.details;
    throw error;
  }
  return undefined;
};

describe('a list in a body', () => {
  let looks = 0;
  const item = z.unknown().refine(() => ++looks > 0);
  const body = z.strictObject({ list: arrayOf(item, { min: 1, max: 3 }).optional() });
  beforeEach(() => {
    looks = 0;
  });

  test('is refused for its length before any item is looked at', () => {
    const details = detailsOf(() => validate(body, { list: Array(5_000).fill(1) }, 'body'));
    expect(details).toEqual({ field: 'list', reason: 'must not have more than 3 items' });
    expect(looks).toBe(0);
  });

  test('is taken up to its length, and may be left out', () => {
    expect(validate(body, { list: [1, 2, 3] }, 'body')).toEqual({ list: [1, 2, 3] });
    expect(validate(body, {}, 'body')).toEqual({});
  });

  test.each([[[]], ['text'], [null]])('%j is refused by name', (list) => {
    expect(detailsOf(() => validate(body, { list }, 'body'))).toMatchObject({ field: 'list' });
  });
});

test('metadata is refused for its size before any key is looked at', () => {
  const bad = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`$${i}`, 1]));
  expect(detailsOf(() => validate(z.object({ metadata }), { metadata: bad }, 'body'))).toEqual({
    field: 'metadata',
    reason: 'must not exceed 16 KiB of JSON',
  });
});

describe('what any body may hold', () => {
  test('a walk over too many values ends at the ceiling', () => {
    let read = 0;
    const endless = new Proxy(Array(1_000_000).fill(''), {
      get: (target, key) => {
        read++;
        return Reflect.get(target, key);
      },
    });
    expect(detailsOf(() => assertPlainData({ a: { b: endless } }))).toEqual({
      field: 'a',
      reason: 'must not hold more than 20000 values',
    });
    // Each step asks for the length and for an item.
    expect(read).toBeLessThan(2 * 20_000 + 10);
  });

  test.each([
    ['deep nesting', { a: JSON.parse(`${'['.repeat(1_000)}1${']'.repeat(1_000)}`) }, 'a'],
    ['NUL', { a: [{ b: 'x\u0000' }] }, 'a.0.b'],
    ['half a character in a key', { a: { '\ud800': 1 } }, 'a'],
    ['a prototype', JSON.parse('{"a":{"__proto__":1}}'), 'a'],
    ['text that is no text', '\u0000', 'body'],
  ])('%s is refused at its place', (_what, body, field) => {
    expect(detailsOf(() => assertPlainData(body))).toMatchObject({ field });
  });

  test('what every route takes is let through', () => {
    expect(detailsOf(() => assertPlainData({ a: [1, null, 'text', { b: [true] }], ключ: {} }))).toBeUndefined();
  });
});
