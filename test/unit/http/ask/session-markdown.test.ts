import type { Message } from '../../../../src/domain/ask/message.ts';
import { idFromBytes } from '../../../../src/domain/shared/ids.ts';
import { messageMarkdown } from '../../../../src/http/ask/presenters/session-markdown.ts';

const question = (content: string): Message => ({
  ...{
    id: idFromBytes('msg', Buffer.alloc(16)),
    role: 'user',
    content,
    contextRefs: [],
    filters: {},
    timezone: null,
    responseLanguage: null,
  },
  ...{ sessionId: idFromBytes('as', Buffer.alloc(16)), position: 0 },
  createdAt: '2026-11-26T00:00:00.000Z',
});
/** What stands below the heading of the message, without the signs of the quotation. */
const shown = (content: string) =>
  messageMarkdown(question(content), new Map())
    .split('\n')
    .slice(3, -1)
    .map((line) => line.replace(/^> /, ''))
    .join('\n');

test.each([
  ['a link', '[click](https://evil.example)', '\\[click](https&#58;//evil.example)'],
  ['an image', '![x](https://evil.example/a.png)', '!\\[x](https&#58;//evil.example/a.png)'],
  ['a link that hides behind a citation', '[1](https://evil.example)', '\\[1](https&#58;//evil.example)'],
  ['a link by reference', '[a][b]', '\\[a]\\[b]'],
  ['the place of a reference', '[1]: https://evil.example', '\\[1]: https&#58;//evil.example'],
  ['a link with its own backslash', '\\[a](b)', '\\\\\\[a](b)'],
  ['a bare address', 'see www.evil.example', 'see www&#46;evil.example'],
  ['a heading', '# Answer by openai', '\\# Answer by openai'],
  ['a heading by underline', 'Answer\n===\nMore\n---', 'Answer\n\\===\nMore\n\\---'],
  ['a tag', '<img src=x>', '&lt;img src=x>'],
])('%s becomes words', (_what, content, expected) => {
  expect(shown(content)).toBe(expected);
});

test.each(['It moved [1], and [12].', '- one\n- two', '**bold** and #1', 'a - b'])('%j stays as it is', (content) => {
  expect(shown(content)).toBe(content);
});
