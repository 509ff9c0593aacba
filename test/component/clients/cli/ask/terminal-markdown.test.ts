import { stripVTControlCharacters } from 'node:util';
import { renderMarkdown } from '../../../../../src/clients/cli/lib/terminal-markdown.ts';

const WIDTH = 40;
const LONG = 'a long cell of many words that goes on and on, far beyond what a narrow terminal can take';
const shown = (markdown: string) => stripVTControlCharacters(renderMarkdown(markdown, WIDTH));
const wordsOf = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

test.each([
  ['a table', `| what | where |\n| --- | --- |\n| ${LONG} | there |`],
  ['a list', `1. ${LONG}\n   - ${LONG}`],
  ['a quotation', `> ${LONG}`],
])('%s loses no word in a narrow terminal', (_, markdown) => {
  const words = wordsOf(shown(markdown));
  for (const word of wordsOf(LONG)) expect(words).toContain(word);
});

test('code loses no sign in a narrow terminal', () => {
  const signs = (text: string) => text.replace(/\s/g, '');
  expect(signs(shown(`\`\`\`\n${LONG}\n\`\`\``))).toBe(signs(LONG));
});

test('a link shows its address as words, and HTML stays text', () => {
  const markdown = 'See [here](http://evil.example/a) and <b>there</b>.';
  expect(renderMarkdown(markdown, 80)).not.toContain('\u001b]8');
  expect(stripVTControlCharacters(renderMarkdown(markdown, 80)).trim()).toBe(
    'See here (http://evil.example/a) and <b>there</b>.',
  );
});
