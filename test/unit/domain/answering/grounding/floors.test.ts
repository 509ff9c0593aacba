import { measure, readHonest } from '../../../../tools/eval/grounding/measure.ts';

test('the check finds the distortions of honest sentences, and hardly ever accuses an honest one', () => {
  const { honest, falseAlarms, distorted, missed } = measure(readHonest('honest'));
  const all = Object.values(distorted).reduce((sum, count) => sum + count, 0);
  expect(all).toBeGreaterThanOrEqual(300);
  expect(missed.length / all).toBeLessThanOrEqual(0.05);
  expect(falseAlarms.length / honest).toBeLessThanOrEqual(0.03);
});

test('the sentences are as many and as different from their lines as the bar asks', () => {
  const [seen, heldOut] = [readHonest('honest'), readHonest('held-out')];
  const all = [...seen, ...heldOut];
  expect(all.length).toBeGreaterThanOrEqual(120);
  expect(all.filter(({ otherForm }) => otherForm).length).toBeGreaterThanOrEqual(all.length / 2);
  expect(heldOut.length).toBeGreaterThanOrEqual(all.length / 3);
  const meetings = new Set(seen.map(({ meeting }) => meeting));
  expect(heldOut.filter(({ meeting }) => meetings.has(meeting))).toEqual([]);
});
