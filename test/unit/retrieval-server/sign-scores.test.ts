import { signScores } from '../../../src/retrieval-server/search/sign-scores.ts';
import { signsOf } from '../../../src/retrieval-server/search/window-vectors.ts';

test.each([[64], [70], [384]])(
  'the question is added up with the signs of each window, with %i numbers',
  (dimension) => {
    const vector = (seed: number) => Float32Array.from({ length: dimension }, (_, i) => Math.sin(seed + i * i));
    const question = vector(1);
    const windows = [vector(2), vector(3), vector(4)];
    const signs = Uint32Array.from(windows.flatMap((window) => [...signsOf(window)]));
    const sums = windows.map((window) =>
      window.reduce((sum, value, i) => sum + (value > 0 ? 1 : -1) * (question[i] ?? 0), 0),
    );
    expect([...signScores(question, signs, [2, 0])]).toEqual(
      [sums[2], sums[0]].map((sum) => expect.closeTo(sum ?? 0, 3)),
    );
  },
);
