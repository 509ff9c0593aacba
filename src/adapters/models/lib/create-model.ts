import type { Prompt } from '../../../domain/answering/prompt.ts';
import type { Provider } from '../../../domain/shared/provider.ts';
import { countTokens } from '../../../domain/shared/tokens.ts';
import type { LanguageModel } from '../../../ports/language-model.ts';
import { attempt } from './attempt.ts';
import { ModelServerError } from './failures/model-server-error.ts';
import { logFailure } from './log-failure.ts';
import type { ModelSettings } from './model-settings.ts';
import { usageOf } from './reply/counts.ts';
import { rawReply } from './reply/raw-reply.ts';
import { readReply } from './reply/read-reply.ts';
import type { ReadPiece } from './reply/reply-piece.ts';
import { createThinkingHabit } from './thinking-habit.ts';
import { createTruncationGuard, promptTokens } from './truncation-guard.ts';

/** How one provider is spoken to. */
export interface ModelProtocol {
  provider: Provider;
  readPiece: ReadPiece;
  /** Prepares one call. */
  begin(prompt: Prompt, options: { maxOutputTokens: number; isStreamed: boolean }): ModelCall;
}

export interface ModelCall {
  /** Sends the request through the provider's SDK. */
  send(signal: AbortSignal): PromiseLike<unknown>;
  /** Makes another request of it, after the server has refused a parameter. @returns false where there is none to change. */
  adapt?(refusal: ModelServerError): boolean;
  /** Remembers what the server has accepted. */
  accepted?(): void;
}

/** A language model of one provider. */
export function createModel(protocol: ModelProtocol, settings: ModelSettings): LanguageModel {
  const { provider, readPiece, begin } = protocol;
  const { model, timeoutMs, contextTokens, isSandbox } = settings;
  const guard = createTruncationGuard(provider, settings);
  const habit = createThinkingHabit(settings.holdsFirstStream);
  return {
    provider,
    model,
    contextTokens,
    isSandbox,
    generate: (prompt, { signal, maxOutputTokens, withinMs, onText }) => {
      const onFailure = logFailure(provider, settings, prompt);
      const limits = { timeoutMs: Math.min(timeoutMs, withinMs ?? timeoutMs) };
      return attempt({ provider, signal, ...limits, onFailure }, async (signal) => {
        const call = begin(prompt, { maxOutputTokens, isStreamed: onText !== undefined });
        const reading = { provider, readPiece, onText, signal, thinkingEnds: habit.ends() };
        const reply = await askAdapting(call, signal, async () =>
          readReply(await rawReply(signal, () => call.send(signal)), reading),
        );
        habit.learn(reply.thinkingEnd);
        return {
          text: reply.text,
          finishReason: reply.finishReason,
          model: reply.model ?? model,
          tokens: guard(
            prompt,
            reply.counts,
            usageOf(reply.counts, { input: () => promptTokens(prompt), output: () => countTokens(reply.text) }),
          ),
        };
      });
    },
  };
}

/** Asks again for as long as the server refuses nothing but a parameter: no model has worked, and nothing is paid, for that. */
async function askAdapting<T>(call: ModelCall, signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      const reply = await ask();
      call.accepted?.();
      return reply;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ModelServerError && call.adapt?.(error))) throw error;
    }
  }
}
