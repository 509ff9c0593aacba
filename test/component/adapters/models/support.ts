import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createLanguageModels } from '../../../../src/adapters/models/registry.ts';
import type { Prompt } from '../../../../src/domain/answering/prompt.ts';
import { AskError } from '../../../../src/domain/shared/errors.ts';
import { PROVIDERS, type Provider } from '../../../../src/domain/shared/provider.ts';
import type { Fault } from '../../../../src/local/sandbox-models/faults.ts';
import type { LanguageModels } from '../../../../src/ports/language-model.ts';

/** A key that must turn up in no error. */
export const KEY = 'sk-very-secret-key';

/** A prompt whose question must turn up in no error. */
export const prompt: Prompt = {
  rules: 'You answer questions about the transcript of one recording.',
  context: '<transcript>\n(01:02)\nkx347 Ana: The launch moved to May 12.\n</transcript>',
  contextIsStable: true,
  history: [{ question: 'Who is there?', answer: 'Ana.' }],
  notes: 'Today is Monday.',
  question: 'When is the confidential launch?',
};

export const patient = () => ({ signal: new AbortController().signal, maxOutputTokens: 500 });

/** The options of a streamed call, and the pieces that it has given so far. */
export function streamed() {
  const pieces: string[] = [];
  return { pieces, options: { ...patient(), onText: (text: string) => void pieces.push(text) } };
}

/** All three providers with a key each, at the addresses where the sandbox speaks their protocols. */
export function modelsAt(url: string, timeoutMs = 20_000): LanguageModels {
  const settings = {
    OPENAI_API_KEY: KEY,
    OPENAI_BASE_URL: `${url}/openai/v1`,
    ANTHROPIC_API_KEY: KEY,
    ANTHROPIC_BASE_URL: `${url}/anthropic`,
    GEMINI_API_KEY: KEY,
    GEMINI_BASE_URL: `${url}/gemini`,
    LLM_TIMEOUT_MS: timeoutMs,
  };
  return createLanguageModels(settings, { holdsFirstStream: false });
}

/** A saved reply of a provider. */
export function fixture(provider: Provider, name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', provider, `${name}.json`), 'utf8'));
}

/** A saved stream of a provider, event by event. */
export function savedStream(provider: Provider): string[] {
  const saved = readFileSync(join(import.meta.dirname, 'fixtures', provider, 'success.sse'), 'utf8');
  return saved.split(/(?<=\n\n)/);
}

/** A saved error body of a provider; undefined where there is none of that name. */
export function errorBody(provider: Provider, name: string): Record<string, unknown> | undefined {
  return z.record(z.string(), z.record(z.string(), z.unknown())).parse(fixture(provider, 'errors'))[name];
}

export async function failureOf(call: Promise<unknown>): Promise<AskError> {
  const error = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (error instanceof AskError) return error;
  throw new Error('expected an AskError', { cause: error });
}

/** The sandbox's own endpoints. */
export function controlOf(url: string) {
  return {
    async fault(fault: Omit<Fault, 'times'> & { times?: number }): Promise<void> {
      const response = await fetch(`${url}/sandbox/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
      if (response.status !== 204) throw new Error(await response.text());
    },
    async requests() {
      return received.parse(await (await fetch(`${url}/sandbox/requests`)).json());
    },
    async clear(): Promise<void> {
      await fetch(`${url}/sandbox/faults`, { method: 'DELETE' });
      await fetch(`${url}/sandbox/requests`, { method: 'DELETE' });
    },
  };
}

const received = z.object({
  counts: z.record(z.enum(PROVIDERS), z.number()),
  abandoned: z.record(z.enum(PROVIDERS), z.number()),
  requests: z.array(
    z.object({
      provider: z.enum(PROVIDERS),
      system: z.string(),
      turns: z.array(z.object({ role: z.enum(['user', 'assistant']), text: z.string() })),
    }),
  ),
});
