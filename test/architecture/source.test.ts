import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const ROOT = process.cwd();
const files = ['src', 'workflows', 'activities'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name)),
);
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const specifiersOf = (file: string) =>
  [...text(file).matchAll(/(?:from|import)[\s(]+'([^']+)'/g)].map((match) => match[1] as string);
const importsOf = (file: string) =>
  specifiersOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => normalize(join(dirname(file), specifier)));
const packagesOf = (file: string) => specifiersOf(file).filter((specifier) => !specifier.startsWith('.'));

/** Folder of each layer -> what it may import, by prefix. Entry points may import everything. */
const MAY_IMPORT: Record<string, string[]> = {
  'src/domain/': ['src/domain/'],
  'src/ports/': ['src/ports/', 'src/domain/'],
  'src/adapters/mongo/': ['src/adapters/mongo/', 'src/ports/', 'src/domain/', 'src/runtime/clock-and-ids.ts'],
  'src/adapters/pinecone/': ['src/adapters/pinecone/', 'src/ports/', 'src/domain/', 'src/runtime/config.ts'],
  'src/adapters/models/': ['src/adapters/models/', 'src/ports/', 'src/domain/', 'src/runtime/config.ts'],
  'src/clients/sdk/': ['src/clients/sdk/', 'src/http/', 'src/http/library/transcript-formats/'],
  'src/adapters/temporal/': [
    'src/adapters/temporal/',
    'src/ports/',
    'src/domain/',
    'src/runtime/config.ts',
    'src/runtime/settings/payload-keys.ts',
    'workflows/failures.ts',
    'workflows/contract.ts',
    'activities/index.ts',
  ],
  'workflows/': ['workflows/', 'activities/', 'src/domain/', 'workflows/failures.ts'],
  'src/clients/console/': ['src/clients/console/', 'src/http/'],
};

const layered = Object.entries(MAY_IMPORT).flatMap(([folder, allowed]) =>
  files.filter((file) => file.startsWith(folder)).map((file) => [file, allowed] as const),
);

test.each(layered)('%s imports only what its layer may', (file, allowed) => {
  expect(importsOf(file).filter((target) => !allowed.some((prefix) => target.startsWith(prefix)))).toEqual([]);
});

// Counting tokens, digests and calendars need a library; no workflow loads them.
const WITH_LIBRARY = [
  'src/domain/shared/tokens.ts',
  'src/domain/shared/sha256-digest.ts',
  'src/domain/answering/question/calendar.ts',
  'src/domain/answering/question/written-dates.ts',
];
const PURE = files.filter((file) => /^src\/(?:domain|ports)\//.test(file) && !WITH_LIBRARY.includes(file));

test.each(PURE)('%s is pure: it imports no package', (file) => {
  expect(packagesOf(file)).toEqual([]);
});

test('the HTTP layer knows neither Temporal nor MongoDB', () => {
  const taken = files.filter((file) => file.startsWith('src/http/')).flatMap(packagesOf);
  expect(taken.filter((name) => name.startsWith('@temporalio/') || name === 'mongoose')).toEqual([]);
});

test('workflow code takes types alone from the activities', () => {
  const taken = files
    .filter((file) => file.startsWith('workflows/'))
    .flatMap((file) =>
      [...text(file).matchAll(/^import (?!type).*activities\/.*$/gm)].map((match) => `${file}: ${match[0]}`),
    );
  expect(taken).toEqual([]);
});

test('the console takes types alone from the API', () => {
  const taken = files
    .filter((file) => file.startsWith('src/clients/console/'))
    .flatMap((file) =>
      [...text(file).matchAll(/^(?:import|export) (?!type).*(?:http\/|'zod').*$/gm)].map(
        (match) => `${file}: ${match[0]}`,
      ),
    );
  expect(taken).toEqual([]);
});

test('modules that all sessions of a worker share keep no state', () => {
  // They are loaded once (`preloadModules`), so what a module remembered would reach the next session.
  const shared = files.filter(
    (file) => /^(?:workflows|src\/domain|src\/failures)/.test(file) && !WITH_LIBRARY.includes(file),
  );
  const stateful = shared.flatMap((file) =>
    [...text(file).matchAll(/^(?:export )?(?:(?:let|var) .*|const .* = new (?:Map|WeakMap|LRUCache|Array).*)$/gm)].map(
      (match) => `${file}: ${match[0]}`,
    ),
  );
  expect(stateful).toEqual([]);
});

test('outside the workers only src/adapters/temporal knows the workflows', () => {
  const knowing = files.filter(
    (file) => file.startsWith('src/') && importsOf(file).some((target) => target.startsWith('workflows/')),
  );
  expect(
    knowing.filter(
      (file) => !file.startsWith('src/adapters/temporal/') && file !== 'src/local/stack/servers/temporal.ts',
    ),
  ).toEqual([]);
});

test('the environment is read in src/runtime/config.ts alone, but for what must be known before that is loaded', () => {
  expect(files.filter((file) => text(file).includes('process.env')).toSorted()).toEqual([
    'src/clients/cli/ask.ts',
    'src/runtime/config.ts',
  ]);
});

test('no file is longer than 300 lines', () => {
  expect(files.filter((file) => text(file).split('\n').length > 301)).toEqual([]);
});
