import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../../src/runtime/config.ts';

const text = (file: string) => readFileSync(join(process.cwd(), file), 'utf8');

/** Every setting that the configuration reads. */
const files = ['src/runtime/config.ts', 'src/runtime/settings/embeddings-settings.ts'];
const settings = [
  ...files
    .map(text)
    .join('')
    .matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm),
].map((match) => match[1] as string);
/** The rows of the tables: name, default, meaning. */
const rows = [...text('docs/configuration.md').matchAll(/^\| `([A-Z][A-Z0-9_]+)` \| (.*?) \|/gm)].map((match) => ({
  name: match[1] as string,
  fallback: match[2] as string,
}));
const named = rows.map(({ name }) => name);
const defaults = Object.entries(loadConfig({})).filter(
  ([, value]) => ['number', 'boolean'].includes(typeof value) || (typeof value === 'string' && value !== ''),
);

test('every setting has exactly one row in docs/configuration.md', () => {
  expect(settings.length).toBeGreaterThan(50);
  expect(named.toSorted()).toEqual(settings.toSorted());
});

test.each(defaults)('the row of %s tells its default', (name, value) => {
  expect(rows.find((row) => row.name === name)?.fallback).toBe(`\`${value}\``);
});
