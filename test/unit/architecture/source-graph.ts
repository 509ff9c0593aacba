import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const ROOT = process.cwd();

export const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** Every source file of the service, from the top of the repository. */
export const files: readonly string[] = ['src', 'workflows', 'activities'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/(?:^|\/)dist(?:\.|\/)/.test(name))
    .map((name) => join(folder, name)),
);

export interface Import {
  file: string;
  /** A file of this tree, or the name of a package (`node` for all that comes with Node). */
  target: string;
  isPackage: boolean;
  typesOnly: boolean;
}

/** Imports and re-exports stand at the start of a line, as Biome formats them; `import()` stands anywhere. */
const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\sfrom\s+)?'([^']+)'/gm;
const DYNAMIC = /\b(typeof\s+)?import\(\s*'([^']+)'/g;

export const imports: readonly Import[] = files.flatMap((file) => {
  const source = text(file);
  return [...source.matchAll(STATEMENT), ...source.matchAll(DYNAMIC)].map(([, types, name = '']) => ({
    file,
    typesOnly: types !== undefined,
    isPackage: !name.startsWith('.'),
    target: name.startsWith('.') ? normalize(join(dirname(file), name)) : packageOf(name),
  }));
});

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node';
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Those of the tree's own files, without packages and data. */
export const edges = imports.filter(({ target }) => files.includes(target));

/** Groups of nodes that reach each other, each sorted; none where there is no circle. */
export function circles(pairs: readonly (readonly [from: string, to: string])[]): string[][] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of pairs) {
    if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  const reached = new Map([...next.keys()].map((node) => [node, reach(next, node)]));
  const groups = [...reached].flatMap(([node, all]) =>
    all.has(node) ? [[...all].filter((other) => reached.get(other)?.has(node)).sort()] : [],
  );
  return [...new Map(groups.map((group) => [group.join(), group])).values()];
}

/** What can be reached from a node, itself only by a circle. */
export function reach(next: ReadonlyMap<string, ReadonlySet<string>>, start: string): Set<string> {
  const seen = new Set<string>();
  const queue = [start];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const target of next.get(node) ?? []) {
      if (seen.has(target)) continue;
      seen.add(target);
      queue.push(target);
    }
  }
  return seen;
}
