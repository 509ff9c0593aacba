import { edges, files, imports, reach, text } from './source-graph.ts';

/** What a file loads, itself or by others: types alone are not loaded. */
function loadedBy(starts: readonly string[]): string[] {
  const values = Map.groupBy(
    edges.filter(({ typesOnly }) => !typesOnly),
    ({ file }) => file,
  );
  const next = new Map([...values].map(([file, found]) => [file, new Set(found.map(({ target }) => target))]));
  return [...new Set(starts.flatMap((start) => [start, ...reach(next, start)]))];
}

test('the console loads no file that needs Node or the schemas of the API', () => {
  const isConsole = (file: string) => file.startsWith('src/clients/console/') && !file.endsWith('vite.config.ts');
  const loaded = loadedBy(files.filter(isConsole));
  expect(loaded).toContain('src/clients/sdk/api-client.ts');
  expect(loaded.filter((file) => file.startsWith('src/http/'))).toEqual([]);
  const taken = imports.filter(({ file, isPackage, typesOnly }) => loaded.includes(file) && isPackage && !typesOnly);
  expect(taken.filter(({ target }) => ['node', 'zod'].includes(target))).toEqual([]);
});

test('modules that all sessions of a worker share keep no state', () => {
  // They are loaded once (`preloadModules`), so what a module remembered would reach the next session.
  const shared = loadedBy(['workflows/index.ts']);
  expect(shared.length).toBeGreaterThan(10);
  const stateful = shared.flatMap((file) =>
    [...text(file).matchAll(/^(?:export )?(?:(?:let|var) .*|const .* = new (?:Map|WeakMap|LRUCache|Array).*)$/gm)].map(
      (match) => `${file}: ${match[0]}`,
    ),
  );
  expect(stateful).toEqual([]);
});

test('the environment is read in src/runtime/config.ts alone, but for what must be known or told before other code is loaded', () => {
  expect(files.filter((file) => text(file).includes('process.env')).toSorted()).toEqual([
    'src/clients/cli/ask.ts',
    'src/runtime/config.ts',
    'src/runtime/forbid-telemetry.ts',
  ]);
});
