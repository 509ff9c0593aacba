import { type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AskError } from '../../domain/shared/errors.ts';
import type { Provider } from '../../domain/shared/provider.ts';
import type { LanguageModel, LanguageModels, ModelReply } from '../../ports/language-model.ts';

/** A span for each request to a provider, by OpenTelemetry's conventions for generative models, without any content. */
export function tracedModels(models: LanguageModels): LanguageModels {
  return { ...models, get: (provider) => traceModel(models.get(provider)) };
}

/** The names of the conventions. */
const PROVIDER_NAMES = {
  openai: 'openai',
  claude: 'anthropic',
  gemini: 'gcp.gemini',
} as const satisfies Record<Provider, string>;

function traceModel({ provider, generate }: LanguageModel): LanguageModel {
  const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': PROVIDER_NAMES[provider] };
  const options = { kind: SpanKind.CLIENT, attributes };
  return {
    provider,
    generate: (prompt, how) =>
      trace.getTracer('ask-worker').startActiveSpan(`chat ${PROVIDER_NAMES[provider]}`, options, async (span) => {
        try {
          const reply = await generate(prompt, how);
          span.setAttributes(attributesOf(reply));
          return reply;
        } catch (error) {
          tellFailure(span, error);
          throw error;
        } finally {
          span.end();
        }
      }),
  };
}

function attributesOf({ model, tokens, finishReason }: ModelReply) {
  return {
    'gen_ai.response.model': model,
    'gen_ai.response.finish_reasons': [finishReason],
    'gen_ai.usage.input_tokens': tokens.input,
    'gen_ai.usage.output_tokens': tokens.output,
  };
}

function tellFailure(span: Span, error: unknown): void {
  const reason = error instanceof AskError ? (error.details?.reason ?? error.kind) : 'cancelled';
  span.setAttribute('error.type', String(reason));
  span.setStatus({ code: SpanStatusCode.ERROR });
}
