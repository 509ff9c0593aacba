import { answerIdOf, idFromBytes, idPattern, type MessageId } from '../../../../src/domain/shared/ids.ts';

const zeros = new Uint8Array(16);

describe('ids', () => {
  test('sixteen bytes become the prefix and 26 characters of the pattern', () => {
    const id = idFromBytes('rec', new Uint8Array(16).fill(255));
    expect(id).toBe('rec_7zzzzzzzzzzzzzzzzzzzzzzzzz');
    expect(id).toMatch(idPattern('rec'));
    expect(id).not.toMatch(idPattern('eu'));
  });

  test('ids sort by their leading bytes', () => {
    const later = zeros.slice();
    later[5] = 1;
    expect(idFromBytes('msg', zeros) < idFromBytes('msg', later)).toBe(true);
  });

  test.each([15, 17])('%i bytes are refused', (length) => {
    expect(() => idFromBytes('rec', new Uint8Array(length))).toThrow(RangeError);
  });

  test('the answer to a message has the next id in order, every time', () => {
    const message = idFromBytes('msg', zeros);
    expect(answerIdOf(message)).toBe('msg_00000000000000000000000001');
    expect(answerIdOf('msg_0000000000000000000000000z' as MessageId)).toBe('msg_00000000000000000000000010');
  });

  test.each([
    'rec_',
    'rec_short',
    'rec_8zzzzzzzzzzzzzzzzzzzzzzzzz',
    'rec_0000000000000000000000000I',
    ' rec_00000000000000000000000000',
  ])('%j is not an id', (text) => {
    expect(text).not.toMatch(idPattern('rec'));
  });
});
