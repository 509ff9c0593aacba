import { edges, files, reach, text } from './source-graph.ts';

test('modules that all sessions of a worker share keep no state', () => {
  // They are loaded once (`preloadModules`), so what a module remembered would reach the next session.
  const next = Map.groupBy(
    edges.filter(({ typesOnly }) => !typesOnly),
    ({ file }) => file,
  );
  const targets = new Map([...next].map(([file, found]) => [file, new Set(found.map(({ target }) => target))]));
  const shared = ['workflows/index.ts', ...reach(targets, 'workflows/index.ts')];
  expect(shared.length).toBeGreaterThan(10);
  const stateful = shared.flatMap((file) =>
    [...text(file).matchAll(/^(?:export )?(?:(?:let|var) .*|const .* = new (?:Map|WeakMap|LRUCache|Array).*)$/gm)].map(
      (match) => `${file}: ${match[0]}`,
    ),
  );
  expect(stateful).toEqual([]);
});

test('the environment is read in src/runtime/config.ts alone, but for what must be known before that is loaded', () => {
  expect(files.filter((file) => text(file).includes('process.env')).toSorted()).toEqual([
    'src/clients/cli/ask.ts',
    'src/runtime/config.ts',
  ]);
});
