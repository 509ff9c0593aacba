import { dateInName } from '../../../../../src/clients/sdk/lib/date-in-name.ts';

test.each([
  ['GMT20260912-140000_Recording.transcript.vtt', '2026-09-12T14:00:00.000Z'],
  ['GMT20260912-140000', '2026-09-12T14:00:00.000Z'],
  ['2026-09-12.vtt', '2026-09-12T00:00:00.000Z'],
  ['Standup 2026-09-12.srt', '2026-09-12T00:00:00.000Z'],
  ['standup_2026_09_12.srt', '2026-09-12T00:00:00.000Z'],
  ['2026.09.12 Retro.json', '2026-09-12T00:00:00.000Z'],
  ['Retro-20260912.json', '2026-09-12T00:00:00.000Z'],
  ['2026-09-12T14-00-05Z.json', '2026-09-12T14:00:05.000Z'],
  ['Weekly-20260912_140000UTC-Meeting Recording.vtt', '2026-09-12T14:00:00.000Z'],
  ['2026-13-45 then 2026-09-12.vtt', '2026-09-12T00:00:00.000Z'],
])('%s was recorded at %s', (name, date) => {
  expect(dateInName(name)).toBe(date);
});

test('a time without a zone is that of this machine', () => {
  const local = new Date(2026, 8, 12, 14, 5, 0).toISOString();
  expect(dateInName('2026-09-12 14.05.00 Weekly.vtt')).toBe(local);
  expect(dateInName('20260912_140500.vtt')).toBe(local);
  expect(dateInName('Meeting 2026-09-12 at 14.05.vtt')).toBe(local);
});

test.each([
  'weekly.vtt',
  '2026.vtt',
  '2026-02-30.vtt',
  '120260912.vtt',
  '202609123.vtt',
  '12-09-2026.vtt',
  '555-2026-0912-1.vtt',
])('%s has no date', (name) => {
  expect(dateInName(name)).toBeNull();
});
