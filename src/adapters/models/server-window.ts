import { z } from 'zod';
import type { Provider } from '../../domain/shared/provider.ts';
import type { ModelSettings } from './lib/model-settings.ts';
import { addressOf } from './openai/address.ts';

const WITHIN_MS = 5_000;

/**
 * The context window that a model server itself tells for the model of these settings, in tokens; null where it tells
 * none. It asks nothing of the model, and costs nothing. Ask once the model has answered: some servers load it then, and tell
 * before that what it could have.
 */
export async function askServerWindow(provider: Provider, settings: ModelSettings): Promise<number | null> {
  const places = PLACES[provider](settings);
  const told = await Promise.all(places.map(({ read, ...place }) => ask(place).then(read)));
  return told.find((tokens) => tokens !== null) ?? null;
}

/** A resource of a server, and the window in what it answers. The first one that tells a window counts. */
interface Place {
  url: string;
  headers: Record<string, string>;
  body?: object;
  read(answer: unknown): number | null;
}

const PLACES: Record<Provider, (settings: ModelSettings) => Place[]> = {
  openai(settings) {
    const { model } = settings;
    const { baseURL, headers } = openAiAddress(settings);
    const root = baseURL.replace(/\/v\d+$/, '');
    return [
      // llama.cpp
      { url: `${root}/props`, headers, read: readProps },
      // Ollama: the model as it runs, else as its file sets it
      { url: `${root}/api/ps`, headers, read: (answer) => readRunning(answer, model) },
      { url: `${root}/api/show`, headers, body: { model }, read: readShown },
      // LM Studio: the model as it is loaded
      { url: `${root}/api/v0/models`, headers, read: (answer) => readModels(answer, model, ['loaded_context_length']) },
      // vLLM, SGLang, OpenRouter, Groq, Mistral, Together
      { url: `${baseURL}/models`, headers, read: (answer) => readModels(answer, model, LENGTHS) },
    ];
  },
  claude({ baseUrl = 'https://api.anthropic.com', apiKey, model }) {
    const headers = { 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' };
    return [
      {
        url: `${baseUrl}/v1/models/${encodeURIComponent(model)}`,
        headers,
        read: (answer) => lengthIn(answer, LENGTHS),
      },
      // llama.cpp speaks this protocol too
      { url: `${baseUrl}/props`, headers, read: readProps },
    ];
  },
  gemini: ({ baseUrl = 'https://generativelanguage.googleapis.com', apiKey, model }) => [
    {
      url: `${baseUrl}/v1beta/models/${encodeURIComponent(model)}`,
      headers: { 'x-goog-api-key': apiKey },
      read: (answer) => lengthIn(answer, LENGTHS),
    },
  ],
};

const LENGTHS = [
  'max_model_len',
  'context_length',
  'context_window',
  'max_context_length',
  'max_input_tokens',
  'inputTokenLimit',
];

function openAiAddress(settings: ModelSettings): { baseURL: string; headers: Record<string, string> } {
  const { baseURL, defaultHeaders } = addressOf(settings);
  const all = z.record(z.string(), z.string().nullable()).safeParse(defaultHeaders).data ?? {};
  const own = Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
  const isKeyed = Object.keys(own).some((name) => /^(api-key|authorization)$/i.test(name));
  const headers = isKeyed ? own : { ...own, authorization: `Bearer ${settings.apiKey}` };
  return { baseURL: baseURL ?? 'https://api.openai.com/v1', headers };
}

/** What stands at a place; null where nothing can be read there. */
async function ask({ url, headers, body }: Omit<Place, 'read'>): Promise<unknown> {
  try {
    const post = body && { method: 'POST', body: JSON.stringify(body), headers: { ...headers, ...JSON_BODY } };
    const signal = AbortSignal.timeout(WITHIN_MS);
    const response = await fetch(url, { headers, ...post, signal, redirect: 'error' });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

const JSON_BODY = { 'content-type': 'application/json' };

const tokens = z.number().int().positive();
const props = z.object({ default_generation_settings: z.object({ n_ctx: tokens }) });

function readProps(answer: unknown): number | null {
  return props.safeParse(answer).data?.default_generation_settings.n_ctx ?? null;
}

const running = z.object({ models: z.array(z.looseObject({ name: z.string() })) });

function readRunning(answer: unknown, model: string): number | null {
  const all = running.safeParse(answer).data?.models ?? [];
  return lengthIn(
    all.find(({ name }) => name === model || name === `${model}:latest`),
    LENGTHS,
  );
}

const shown = z.object({ parameters: z.string() });

function readShown(answer: unknown): number | null {
  const set = /^num_ctx\s+(\d+)$/m.exec(shown.safeParse(answer).data?.parameters ?? '')?.[1];
  return set === undefined ? null : Number(set);
}

const models = z.object({ data: z.array(z.looseObject({ id: z.string() })) });

function readModels(answer: unknown, model: string, fields: readonly string[]): number | null {
  const all = models.safeParse(answer).data?.data ?? [];
  // A server with one model answers under any name.
  const named = all.find(({ id }) => id === model) ?? (all.length === 1 ? all[0] : undefined);
  return lengthIn(named, fields);
}

function lengthIn(document: unknown, fields: readonly string[]): number | null {
  const record = z.record(z.string(), z.unknown()).safeParse(document).data ?? {};
  for (const field of fields) {
    const length = tokens.safeParse(record[field]);
    if (length.success) return length.data;
  }
  return null;
}
