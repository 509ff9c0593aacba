import type { MarkedToken, Tokens } from 'marked';
import { type ComponentChildren, Fragment, h } from 'preact';
import { knownTokens, splitWords } from '../../state/answer/markdown.ts';

/** How the leaves of an answer are shown. */
export interface Leaves {
  /** @param piece the index of the cited piece */
  citation(piece: number): ComponentChildren;
  words(text: string): ComponentChildren;
}

/** Markdown as elements: a small set of them, without addresses and without HTML. */
export function markdownNodes(tokens: readonly MarkedToken[], leaves: Leaves): ComponentChildren {
  const depths = tokens.flatMap((token) => (token.type === 'heading' ? token.depth : []));
  // The page has the first level already, and an answer may begin at any.
  const raised = Math.min(...depths) - 2;
  return group(tokens.map((token) => node(token)));

  function node(token: MarkedToken): ComponentChildren {
    switch (token.type) {
      case 'heading':
        return h(`h${Math.min(6, token.depth - raised)}`, null, inner(token.tokens));
      case 'paragraph':
        return h('p', null, inner(token.tokens));
      case 'blockquote':
        return h('blockquote', null, inner(token.tokens));
      case 'list':
        return list(token);
      case 'table':
        return table(token);
      case 'code':
        return h('pre', { tabIndex: 0 }, h('code', null, code(token.text)));
      case 'hr':
        return h('hr', null);
      case 'space':
        return null;
      case 'br':
        return h('br', null);
      case 'strong':
      case 'em':
      case 'del':
        return h(token.type, null, inner(token.tokens));
      case 'codespan':
        return h('code', null, code(token.text));
      case 'checkbox':
        return token.checked ? '☑ ' : '☐ ';
      case 'link':
        return group([inner(token.tokens), address(token)]);
      case 'image':
        return leaf(token.text);
      case 'text':
        return token.tokens === undefined ? leaf(token.text) : inner(token.tokens);
      default:
        return leaf('text' in token ? token.text : token.raw);
    }
  }

  function inner(children: Parameters<typeof knownTokens>[0]): ComponentChildren {
    return group(knownTokens(children).map(node));
  }

  function leaf(text: string): ComponentChildren {
    return group(
      splitWords(text).map((part) => (typeof part === 'number' ? leaves.citation(part) : leaves.words(part))),
    );
  }

  /** Code is shown as it is: none of its words are marked. */
  function code(text: string): ComponentChildren {
    return group(splitWords(text).map((part) => (typeof part === 'number' ? leaves.citation(part) : part)));
  }

  function list({ ordered, start, items }: Tokens.List): ComponentChildren {
    const rows = items.map((item) => h('li', null, inner(item.tokens)));
    return ordered ? h('ol', { start: start === '' ? 1 : start }, ...rows) : h('ul', null, ...rows);
  }

  function table({ header, rows, align }: Tokens.Table): ComponentChildren {
    const cells = (tag: 'th' | 'td', row: Tokens.TableCell[]) =>
      h('tr', null, ...row.map((cell, i) => h(tag, { class: align[i] ?? undefined }, inner(cell.tokens))));
    return h(
      'div',
      { class: 'table', role: 'region', 'aria-label': 'Table', tabIndex: 0 },
      h('table', null, h('thead', null, cells('th', header)), h('tbody', null, ...rows.map((row) => cells('td', row)))),
    );
  }
}

/** Children in their order. An answer grows only at its end, so each child keeps its element. */
function group(children: ComponentChildren[]): ComponentChildren {
  return h(Fragment, null, ...children);
}

/** The address of a link as plain words. A model's address must not be a link, because nobody has checked it. */
function address({ href, text }: Tokens.Link): string {
  return href === text || !/^https?:/i.test(href) ? '' : ` (${href})`;
}
