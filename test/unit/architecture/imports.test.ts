import { dirname } from 'node:path';
import { RULES } from './import-rules.ts';
import { circles, edges, files, type Import, imports, text } from './source-graph.ts';

const rows = Object.keys(RULES).sort((a, b) => b.length - a.length);
const isIn = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);
const rowOf = (file: string) => rows.find((row) => isIn(file, row));

test('every folder has a rule', () => {
  const without = files.filter((file) => {
    const row = rowOf(file);
    return row === undefined || (RULES[row]?.filesOnly && dirname(file) !== row);
  });
  expect(without).toEqual([]);
});

test('every rule is about something that is there', () => {
  const named = Object.entries(RULES).flatMap(([row, { imports, types = [] }]) => [row, ...imports, ...types]);
  expect(
    named.filter((path) => !['zod', 'package.json'].includes(path) && !files.some((file) => isIn(file, path))),
  ).toEqual([]);
  const packages = Object.entries(RULES).flatMap(([row, rule]) => rule.packages.map((name) => ({ row, name })));
  const unused = packages.filter(
    ({ row, name }) => !imports.some(({ file, target }) => rowOf(file) === row && target === name),
  );
  expect(unused).toEqual([]);
});

const describeImport = ({ file, target, typesOnly }: Import) =>
  `${file} imports ${typesOnly ? 'types of ' : ''}${target}`;

test('each folder imports only what its rule allows', () => {
  expect(imports.length).toBeGreaterThan(1_000);
  expect(imports.filter((each) => !isAllowed(each)).map(describeImport)).toEqual([]);
});

function isAllowed({ file, target, isPackage, typesOnly }: Import): boolean {
  const row = rowOf(file) ?? '';
  const rule = RULES[row];
  if (rule === undefined) return false;
  const types = typesOnly ? (rule.types ?? []) : [];
  if (isPackage) return [...rule.packages, ...types].includes(target);
  return [row, ...rule.imports, ...types].some((folder) => isIn(target, folder));
}

test('no import is hidden from these rules', () => {
  // A string after `from` that no statement explains: an import that is formatted in another way.
  const hidden = files.filter((file) => {
    const seen = imports.filter((each) => each.file === file).length;
    return (text(file).match(/^(?:import\b(?!\.meta)|export (?:type )?(?:\*|\{[^}]*\} from))/gm)?.length ?? 0) > seen;
  });
  expect(hidden).toEqual([]);
});

test('no circle of files', () => {
  expect(circles(edges.map(({ file, target }) => [file, target]))).toEqual([]);
});

/** Workflows call activities by the types of their functions, and activities fail in the workflows' words. */
const betweenFolders = edges.filter(
  ({ file, target, typesOnly }) => !(typesOnly && isIn(file, 'workflows') && isIn(target, 'activities')),
);

test('no circle of folders', () => {
  const composing = composingFiles();
  const nodeOf = (file: string) => `${dirname(file)}${composing.has(file) ? ', composing' : ''}`;
  expect(circles(betweenFolders.map(({ file, target }) => [nodeOf(file), nodeOf(target)]))).toEqual([]);
});

/**
 * Files that import from below their own folder, and files beside them that import those: they put the folder together,
 * so they stand above it. What stands below may import the folder's other files, such as a contract.
 */
function composingFiles(): Set<string> {
  const composing = new Set<string>();
  const isAbove = ({ file, target }: Import) =>
    dirname(target).startsWith(`${dirname(file)}/`) || (dirname(target) === dirname(file) && composing.has(target));
  for (let size = -1; size < composing.size; ) {
    size = composing.size;
    for (const { file } of betweenFolders.filter(isAbove)) composing.add(file);
  }
  return composing;
}

test('no circle of rules', () => {
  const nodeOf = (file: string) => (/\.tsx?$/.test(rowOf(file) ?? '') ? dirname(file) : (rowOf(file) ?? ''));
  const above = (row: string, other: string) => row !== other && isIn(other, row);
  const pairs = betweenFolders.map(({ file, target }) => [nodeOf(file), nodeOf(target)] as const);
  expect(circles(pairs.filter(([row, other]) => !above(row, other) && !above(other, row)))).toEqual([]);
});
