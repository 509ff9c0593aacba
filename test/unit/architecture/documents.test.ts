import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const ROOT = process.cwd();
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const pages = readdirSync(join(ROOT, 'docs'), { encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
const documents = ['README.md', 'CONTRIBUTING.md', ...pages.map((name) => `docs/${name}`)];
// The changelog also names what is gone.
const linked = [...documents, 'CHANGELOG.md', 'docs/decisions/README.md'];
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(text('package.json')));

/** What group 1 of a pattern finds in a document, each once. */
const found = (file: string, pattern: RegExp) => [
  ...new Set([...text(file).matchAll(pattern)].map((match) => match[1] as string)),
];
/** The heading as GitHub turns it into an anchor. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

test.each(linked)('every relative link of %s leads somewhere', (file) => {
  const targets = found(file, /\]\(([^)\s]+)\)/g).filter((target) => !/^[a-z]+:/.test(target));
  const broken = targets.filter((target) => {
    const [path = '', anchor] = target.split('#');
    const page = path === '' ? file : join(dirname(file), path);
    if (!existsSync(join(ROOT, page))) return true;
    return (
      anchor !== undefined &&
      !found(page, /^#+ (.+)$/gm)
        .map(anchorOf)
        .includes(anchor)
    );
  });
  expect(broken).toEqual([]);
});

test.each(documents)('every path of this repository that %s names exists', (file) => {
  const paths = found(file, /`((?:src|test|workflows|activities|stack|deploy|docs|\.ci|\.github)\/[^\s`]*)`/g);
  expect(paths.map(knownPart).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test.each(documents)('every npm script that %s names exists', (file) => {
  const named = found(file, /npm run ([a-z][a-z:-]*[a-z])/g);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('the documents name paths, links and scripts at all', () => {
  expect(found('docs/architecture.md', /`(src\/[^\s`]*)`/g).length).toBeGreaterThan(10);
  expect(found('README.md', /\]\((docs\/[^)\s]+)\)/g).length).toBeGreaterThan(5);
  expect(found('CONTRIBUTING.md', /npm run ([a-z:]+)/g).length).toBeGreaterThan(3);
});

/** A path up to its first placeholder, such as NAME or `**`. */
function knownPart(path: string): string {
  const parts = path.replace(/\/$/, '').split('/');
  const end = parts.findIndex((part) => /^[A-Z]+$|[*{]/.test(part));
  return parts.slice(0, end === -1 ? undefined : end).join('/');
}
