import { retryAfterMs, shouldRetry } from '../../../../src/adapters/models/lib/retry-headers.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const wait = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), now);

test.each([
  ['nothing said', {}, undefined],
  ['seconds', { 'retry-after': '7' }, 7000],
  ['parts of a second', { 'retry-after': '0.5' }, 500],
  ['a date', { 'retry-after': 'Sun, 22 Nov 2026 12:01:30 GMT' }, 90_000],
  ['a date that is over', { 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, undefined],
  ['milliseconds', { 'retry-after-ms': '216' }, 216],
  ['milliseconds before seconds', { 'retry-after-ms': '216', 'retry-after': '1' }, 216],
  ['unreadable milliseconds, then seconds', { 'retry-after-ms': 'soon', 'retry-after': '1' }, 1000],
  ['nonsense', { 'retry-after': 'soon' }, undefined],
  ['a negative wait', { 'retry-after': '-5' }, undefined],
])('the wait of %s', (_name, headers, expected) => {
  expect(wait(headers)).toBe(expected);
});

test.each([
  ['true', true],
  ['false', false],
  ['maybe', undefined],
])('x-should-retry: %s', (value, expected) => {
  expect(shouldRetry(new Headers({ 'x-should-retry': value }))).toBe(expected);
});
