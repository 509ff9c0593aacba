import type { Embedder } from './embedder.ts';
import type { Report } from './fetch-files.ts';
import { LocalModel } from './local-model.ts';
import { findModel, modelOnDisk } from './model-files.ts';
import { modelServer } from './model-server.ts';

/** The settings of the embedding model, as the configuration has them. */
export interface EmbeddingsSettings {
  EMBEDDINGS_BASE_URL?: string | undefined;
  EMBEDDINGS_MODEL?: string | undefined;
  EMBEDDINGS_API_KEY?: string | undefined;
  EMBEDDINGS_DIR?: string | undefined;
}

/**
 * The embedding models that the settings name: a server, else the model of this service by the first source that has it.
 * With a server, the local model is kept as well where its files are here, to search what it embedded before.
 * @param cache where downloads are kept
 * @returns none where no model can be had; one line says so. Hashed words take its place
 */
export async function embeddersFromSettings(
  settings: EmbeddingsSettings,
  cache: string,
  report: Report,
): Promise<Embedder[]> {
  const { EMBEDDINGS_BASE_URL: baseUrl, EMBEDDINGS_MODEL: model, EMBEDDINGS_API_KEY: apiKey } = settings;
  const places = { folder: settings.EMBEDDINGS_DIR, cache };
  if (baseUrl !== undefined && model !== undefined) {
    const server = modelServer({ baseUrl, model, ...(apiKey === undefined ? {} : { apiKey }) });
    const files = await modelOnDisk(places);
    return files === null ? [server] : [server, new LocalModel(files)];
  }
  const files = await findModel(places, report);
  if (files !== null) return [new LocalModel(files)];
  report('no embedding model can be had: searches by meaning use hashed words, which find less');
  return [];
}
