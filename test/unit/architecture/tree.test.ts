import { readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { files, text } from './source-graph.ts';

/** Files that share their name because they share their subject: name -> the folders that have one. */
const SAME_SUBJECT: Record<string, string[]> = {
  // What a folder shows of itself.
  'index.ts': [
    'activities',
    'src/adapters/mongo',
    'src/adapters/pinecone',
    'src/adapters/transcript-formats',
    'workflows',
  ],
  // A port and its adapter.
  'health.ts': ['src/adapters/temporal/client', 'src/ports'],
  'idempotency-store.ts': ['src/adapters/mongo/access', 'src/ports/access'],
  'key-store.ts': ['src/adapters/mongo/access', 'src/ports/access'],
  'passage-retriever.ts': ['src/adapters/pinecone', 'src/ports/library'],
  'indexed-transcripts.ts': ['src/adapters/mongo/library', 'src/ports/library'],
  'reindex-gateway.ts': ['src/adapters/temporal/gateways', 'src/ports/library'],
  'library-gateway.ts': ['src/adapters/temporal/gateways', 'src/ports/library'],
  'rate-limiter.ts': ['src/adapters/mongo/access', 'src/ports/access'],
  'session-gateway.ts': ['src/adapters/temporal/gateways', 'src/ports/ask'],
  'workflow-runs.ts': ['src/adapters/temporal/gateways', 'src/ports/ask'],
  'session-store.ts': ['src/adapters/mongo/ask', 'src/ports/ask'],
  'date-change-store.ts': ['src/adapters/mongo/library', 'src/ports/library'],
  'trace-store.ts': ['src/adapters/mongo/ask/turns', 'src/ports/ask'],
  'turn-feed.ts': ['src/adapters/mongo/ask/turns', 'src/ports/ask'],
  'turn-timeline.ts': ['src/adapters/temporal/timeline', 'src/ports/ask'],
  // One for each provider, and what they are made from.
  'client.ts': [
    'src/adapters/models/anthropic',
    'src/adapters/models/gemini',
    'src/adapters/models/openai',
    'src/adapters/pinecone',
  ],
  'prompt.ts': [
    'src/adapters/models/anthropic',
    'src/adapters/models/gemini',
    'src/adapters/models/openai',
    'src/domain/answering',
  ],
  'piece.ts': ['src/adapters/models/anthropic', 'src/adapters/models/gemini', 'src/adapters/models/openai'],
  'dialect.ts': ['src/adapters/models/anthropic', 'src/adapters/models/gemini', 'src/adapters/models/openai'],
  'provider-directory.ts': ['src/adapters/mongo/access', 'src/ports'],
  // The rows of the route table, by room.
  'routes.ts': ['src/http', 'src/http/ask', 'src/http/library'],
  // A handler, and who calls it or does its work.
  'create-session.ts': ['activities/ask', 'src/http/ask/handlers'],
  'run-turn.ts': ['src/http/ask/handlers', 'workflows/ask'],
  'turns.ts': ['src/clients/console/state/ask', 'src/http/ask/handlers'],
  // A workflow and its activity; a program and its entry point.
  'erase.ts': ['activities/library', 'workflows/library'],
  'reindex.ts': ['src/clients/cli/retrieval', 'workflows/library'],
  'codec-server.ts': ['src/adapters/temporal/payloads', 'src/roles'],
  // What both clients do.
  'import-file.ts': ['src/clients/cli/library', 'src/clients/console/state/library'],
  'recording-names.ts': ['src/clients/cli/library', 'src/clients/console/state/library'],
  // A protocol's filter, as it is written and as it is read.
  'filter.ts': ['src/adapters/pinecone', 'src/retrieval-server/pinecone'],
};

test('two files have one name only where they have one subject', () => {
  const byName = Map.groupBy(files, (file) => basename(file));
  const shared = [...byName]
    .filter(([, same]) => same.length > 1)
    .map(([name, same]) => [name, same.map(dirname).sort()]);
  expect(Object.fromEntries(shared)).toEqual(SAME_SUBJECT);
});

const MOST_ENTRIES = 12;
/** Larger folders whose entries are all of one kind. */
const OF_ONE_KIND = [
  'test/replay/histories/0.2.0',
  'test/stack/adapters/mongo/shapes/0.1.0',
  'test/support',
  'test/tools/eval/meetings',
];

test('no folder has more entries of mixed kind than a reader takes in', () => {
  const root = process.cwd();
  const folders = ['src', 'workflows', 'activities', 'test'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^dist\b/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const large = folders.filter((folder) => readdirSync(folder).length > MOST_ENTRIES);
  expect(large.map((folder) => relative(root, folder)).filter((folder) => !OF_ONE_KIND.includes(folder))).toEqual([]);
});

test('no file is longer than 300 lines', () => {
  expect(files.filter((file) => text(file).split('\n').length > 301)).toEqual([]);
});
