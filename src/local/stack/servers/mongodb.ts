import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../../runtime/config.ts';
import { mongodDownload } from '../programs/download.ts';
import { findOnPath } from '../programs/executables.ts';
import { FERRETDB_PATCH } from '../programs/ferretdb-patch.ts';
import { cachedBuild, type GoProgram, goBuild } from '../programs/go-build.ts';
import { type Choice, locate, type Report } from '../programs/locate.ts';

const MONGOD_VERSION = '8.0.12';
const REMEDY = 'Install Go 1.21 or newer, or put `mongod` on PATH, or set MONGODB_URI to a running MongoDB.';

export const FERRETDB: GoProgram = {
  name: 'ferretdb',
  package: './ferretdb',
  ldflags: '-s -w',
  takes: 'about 30 seconds',
  sources: ['main.go', 'lazy_handler.go', '_patch/pushdown.go', '_patch/list_index.go'].map(
    (file) => `ferretdb/${file}`,
  ),
  patch: FERRETDB_PATCH,
};

/** FerretDB speaks MongoDB's protocol on SQLite; their files are not interchangeable. */
export type Engine = 'mongod' | 'ferretdb';

export interface MongoServer {
  engine: Engine;
  executable: string;
}

/**
 * The server to run on the data in `dataDir`. An engine that already has data there is kept, also when a better one has
 * become available, because the engines cannot read each other's files.
 */
export async function locateMongo(dataDir: string, path: string, cache: string, report: Report): Promise<MongoServer> {
  const mongod = [mongodOnPath(path), mongodDownload(MONGOD_VERSION, cache)];
  const [built, build] = [cachedBuild(FERRETDB, cache), goBuild(FERRETDB, cache)];
  const orders: Record<Engine | 'any', Choice[]> = {
    mongod,
    ferretdb: [built, build],
    // A FerretDB build is there only where the download was refused before.
    any: [mongodOnPath(path), built, mongodDownload(MONGOD_VERSION, cache), build],
  };
  const executable = await locate('MongoDB', orders[(await engineOf(dataDir)) ?? 'any'], REMEDY, report);
  return { engine: executable === (await built.find(report)) ? 'ferretdb' : 'mongod', executable };
}

/** The directory of one engine's files under `dataDir`; must exist before the server starts. */
export const mongoDirectory = (dataDir: string, engine: Engine) => join(dataDir, engine);

export interface MongoOptions {
  port: number;
  /** Of this engine; see `mongoDirectory`. */
  directory: string;
  /** Of FerretDB's SQLite files. */
  synchronous: Config['SQLITE_SYNCHRONOUS'];
}

export function mongoArguments(engine: Engine, { port, directory, synchronous }: MongoOptions): string[] {
  if (engine === 'ferretdb') return ['-listen', `127.0.0.1:${port}`, '-dir', directory, '-synchronous', synchronous];
  return ['--bind_ip', '127.0.0.1', '--port', `${port}`, '--dbpath', directory, '--quiet'];
}

/** The URI without a database. mongod acknowledges a write once its journal is on the disk. */
export function mongoUri(engine: Engine, port: number, database = ''): string {
  const base = `mongodb://127.0.0.1:${port}/${database}`;
  return engine === 'mongod' ? `${base}?journal=true` : base;
}

/** @throws unless the server answers a ping. */
export async function probeMongo(uri: string): Promise<void> {
  // Loaded while the server starts.
  const { default: mongoose } = await import('mongoose');
  const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 1_000 });
  try {
    await client.db('admin').command({ ping: 1 });
  } finally {
    await client.close();
  }
}

async function engineOf(dataDir: string): Promise<Engine | null> {
  for (const engine of ['mongod', 'ferretdb'] as const) {
    const files = await readdir(mongoDirectory(dataDir, engine)).catch(() => []);
    if (files.length > 0) return engine;
  }
  return null;
}

function mongodOnPath(path: string): Choice {
  return { name: 'mongod on PATH', find: () => findOnPath('mongod', path) };
}
