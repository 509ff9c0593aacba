import { instant } from '../../../src/http/kernel/schemas/field-schemas.ts';

test('an instant is kept as UTC with milliseconds', () => {
  expect(instant.parse('2026-05-12T09:30:00+02:00')).toBe('2026-05-12T07:30:00.000Z');
});

test.each(['0000-01-01T00:00:00+14:00', '9999-12-31T23:59:59-12:00'])(
  '%s is refused: its shift leaves the years 0000 to 9999',
  (text) => {
    expect(instant.safeParse(text).success).toBe(false);
  },
);
