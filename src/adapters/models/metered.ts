import { Counter, Histogram, type Registry } from 'prom-client';
import { costOf } from '../../domain/ask/token-cost.ts';
import { AskError } from '../../domain/shared/errors.ts';
import type { GenerateOptions, LanguageModel, LanguageModels, ModelReply } from '../../ports/language-model.ts';
import type { Config } from '../../runtime/config.ts';

type ModelPrices = Config['MODEL_PRICES'];

/**
 * Counts what models do: attempts with their time by outcome, the wait for the first text of streamed ones, tokens, and
 * cost where the prices are known. No label tells of a tenant, and none is open-ended: a model is named by its provider.
 */
export function meteredModels(models: LanguageModels, register: Registry, prices: ModelPrices): LanguageModels {
  const meter = createMeter(register, prices);
  return { ...models, get: (provider) => meterModel(models.get(provider), meter) };
}

type Meter = ReturnType<typeof createMeter>;

function meterModel(unwrapped: LanguageModel, meter: Meter): LanguageModel {
  const { provider, generate } = unwrapped;
  return {
    ...unwrapped,
    async generate(prompt, options) {
      const start = performance.now();
      const seconds = () => (performance.now() - start) / 1_000;
      try {
        const reply = await generate(prompt, {
          ...options,
          ...firstText(options.onText, () => meter.firstText.observe({ provider }, seconds())),
        });
        meter.duration.observe({ provider, outcome: 'ok' }, seconds());
        meter.count(provider, reply);
        return reply;
      } catch (error) {
        meter.duration.observe({ provider, outcome: outcomeOf(error) }, seconds());
        throw error;
      }
    },
  };
}

/** The same listener, with the moment of its first text told; nothing where there is none. */
function firstText(onText: GenerateOptions['onText'], tell: () => void): Pick<GenerateOptions, 'onText'> {
  if (!onText) return {};
  let told = false;
  return {
    onText(text) {
      if (!told) tell();
      told = true;
      onText(text);
    },
  };
}

function createMeter(register: Registry, prices: ModelPrices) {
  const registers = [register];
  const duration = new Histogram({
    name: 'ask_model_attempt_duration_seconds',
    help: 'Attempts at a model call by provider and outcome (ok, or the reason of the failure).',
    labelNames: ['provider', 'outcome'],
    buckets: [0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120],
    registers,
  });
  const firstText = new Histogram({
    name: 'ask_model_first_text_seconds',
    help: 'From the request of a streamed model call to the first piece of its text, by provider.',
    labelNames: ['provider'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30],
    registers,
  });
  const tokens = new Counter({
    name: 'ask_model_tokens_total',
    help: 'Tokens by provider, model and kind; cached ones are a part of the input.',
    labelNames: ['provider', 'model', 'kind'],
    registers,
  });
  const cost = new Counter({
    name: 'ask_model_cost_total',
    help: 'What answers cost by MODEL_PRICES, in the currency of those prices.',
    labelNames: ['provider', 'model'],
    registers,
  });
  return {
    duration,
    firstText,
    count(provider: string, reply: ModelReply): void {
      const { model } = reply;
      for (const kind of ['input', 'output', 'cached'] as const)
        tokens.inc({ provider, model, kind }, reply.tokens[kind]);
      const price = prices[model];
      if (price !== undefined) cost.inc({ provider, model }, costOf(reply.tokens, price));
    },
  };
}

function outcomeOf(error: unknown): string {
  if (!(error instanceof AskError)) return 'cancelled';
  const reason = error.details?.reason;
  return typeof reason === 'string' ? reason : error.kind;
}
