import { describe, expect, test } from '@jest/globals';
import {
  historyTokens,
  LEAST_WINDOW,
  planWindow,
  transcriptLimit,
  type WindowSettings,
} from '../../../../../src/domain/answering/context/plan-window.ts';
import { rulesFor } from '../../../../../src/domain/answering/prompt-text.ts';
import { countTokens } from '../../../../../src/domain/shared/tokens.ts';

const defaults: WindowSettings = {
  window: 128_000,
  ratio: 1.1,
  maxOutputTokens: 4_096,
  contextTokens: 32_000,
  historyTokens: 16_000,
};
const usual = { rules: 550, question: 70 };

describe('how a window is shared out', () => {
  test.each([
    [6_000, { output: 1_500, catalogue: 600, lastTurn: 750, context: 1_984 }],
    [8_000, { output: 2_000, catalogue: 800, lastTurn: 1_000, context: 2_852 }],
    [16_000, { output: 4_000, catalogue: 1_600, lastTurn: 2_000, context: 6_325 }],
    [32_000, { output: 4_096, catalogue: 3_200, lastTurn: 4_000, context: 17_174 }],
    [64_000, { output: 4_096, catalogue: 6_400, lastTurn: 4_000, context: 32_000 }],
    [128_000, { output: 4_096, catalogue: 12_800, lastTurn: 4_000, context: 32_000 }],
    [1_000_000, { output: 4_096, catalogue: 100_000, lastTurn: 4_000, context: 32_000 }],
  ])('%i', (window, plan) => expect(planWindow({ ...defaults, window }, usual)).toEqual(plan));

  test('today’s rules and a usual question leave about 2,850 tokens of context in a window of 8,000', () => {
    const rules = countTokens(rulesFor('library'));
    const { context } = planWindow({ ...defaults, window: 8_000 }, { rules, question: 250 });
    expect(context).toBeGreaterThan(2_600);
    expect(context).toBeLessThan(3_100);
  });

  test('all parts together fit the window, by the model’s count', () => {
    for (let window = LEAST_WINDOW; window < 300_000; window += 997) {
      const settings = { ...defaults, window, contextTokens: 1_000_000 };
      const { output, catalogue, lastTurn, context } = planWindow(settings, usual);
      const prompt = (usual.rules + usual.question + catalogue + context + lastTurn) * settings.ratio;
      expect(prompt + output).toBeLessThanOrEqual(window + settings.ratio * output);
      expect(context).toBeGreaterThan(500);
    }
  });

  test('a long question takes from the context, down to nothing', () => {
    expect(planWindow({ ...defaults, window: 8_000 }, { rules: 550, question: 9_000 }).context).toBe(0);
  });
});

describe('what earlier turns may fill', () => {
  const shown = { rules: 550, question: 70, context: 2_852 };

  test('all that the rest leaves, up to the setting', () => {
    expect(historyTokens({ ...defaults, window: 8_000 }, shown)).toBe(1_800);
    expect(historyTokens(defaults, shown)).toBe(16_000);
  });

  test('a transcript that fills the window leaves the last turn its share', () => {
    const settings = { ...defaults, window: 8_000 };
    const context = transcriptLimit(settings, 100_000);
    expect(historyTokens(settings, { rules: 550, question: 70, context })).toBeGreaterThan(1_000);
  });

  test('a question that takes the room of the answer is told apart from one that leaves no room for earlier turns', () => {
    const settings = { ...defaults, window: 8_000 };
    const room = Math.floor(8_000 / 1.1) - 2_000;
    expect(historyTokens(settings, { rules: 0, question: room, context: 0 })).toBe(0);
    expect(historyTokens(settings, { rules: 0, question: room + 1, context: 0 })).toBeNull();
  });
});

describe('the longest transcript that is shown whole', () => {
  test.each([
    [8_000, 1_272],
    [32_000, 17_994],
    [128_000, 100_000],
  ])('in a window of %i', (window, limit) => expect(transcriptLimit({ ...defaults, window }, 100_000)).toBe(limit));
});
