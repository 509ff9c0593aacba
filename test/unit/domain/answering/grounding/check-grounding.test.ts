import { checkGrounding } from '../../../../../src/domain/answering/grounding/check-grounding.ts';
import type { CitedLine } from '../../../../../src/domain/answering/grounding/grounding-input.ts';

const LINE: CitedLine = {
  text: 'Um so we sell it for twelve fifty Euro, ninety one point two percent of them said yes, and tomorrow I fly to Oslo with Ben.',
  speaker: 'Ana Lee',
  startMs: 62_000,
  endMs: 75_000,
  title: 'Kick-off 7',
  recordedAt: '2026-05-11T09:00:00.000Z',
};

/** Checks an answer in which `[1]` cites the line. */
function check(answer: string, { line = LINE, question = 'What about the 14 shops?', saysNotFound = false } = {}) {
  const parts = answer.split(/(\[1\])/).map((part) => (part === '[1]' ? { cited: line } : part));
  return checkGrounding({ parts, question, speakers: ['Ana Lee', 'Cem'], saysNotFound, timeZone: 'Europe/Berlin' });
}
const unsupported = (answer: string) => check(answer).unsupported.map(({ text, kind }) => `${kind} ${text}`);

test.each([
  'It sells for €12.50 [1].',
  'It sells for 12,50 EUR [1].',
  'It sells for twelve and a half euros [1].',
  '91.2% agreed [1]. About 91 percent agreed [1].',
  'Ana said so at 01:05 on May 11, 2026 [1].',
  'On Monday Ana Lee said that she flies on 12 May [1].',
  'On 2026-05-12 she flies to Oslo with Ben [1].',
  '“We sell it for twelve fifty Euro … of them said yes” [1].',
  'All 14 shops sell it [1].',
  'In “Kick-off 7” three people spoke of it [1].',
  '1. It sells [1].\n2. Ben flies too [1].',
  'Es kostet zwölfeinhalb Euro [1].',
  'Elle coûte douze euros et demi, soit 12,50 € [1].',
])('supported: %s', (answer) => {
  expect(check(answer)).toEqual({ status: 'supported', method: 'look-up/3', unsupported: [] });
});

test.each([
  ['It sells for €13.50 [1].', 'number 13.50'],
  ['It sells for thirteen fifty euros [1].', 'number thirteen fifty'],
  ['19.2% agreed [1].', 'number 19.2'],
  ['It lasts 5 minutes [1].', 'number 5'],
  ['She flies on 13 May [1].', 'date 13 May'],
  ['It was said on Friday [1].', 'date Friday'],
  ['It was said in 2025 [1].', 'date 2025'],
  ['It was said at 03:05 [1].', 'number 03:05'],
  ['Cem sells it [1].', 'speaker Cem'],
  ['She flies to Bergen [1].', 'name Bergen'],
  ['“We sell it for twelve sixty Euro” [1].', 'quote We sell it for twelve sixty Euro'],
  ['“We gave it for twelve fifty Euro” [1].', 'quote We gave it for twelve fifty Euro'],
  ['It sells [1]. They want 99 of them.', 'number 99'],
  ['It sells [1]. It is “a big mistake”.', 'quote a big mistake'],
  ['| price | 13 EUR [1] |', 'number 13'],
  ['Es kostet dreizehneinhalb Euro [1].', 'number dreizehneinhalb'],
])('partial: %s', (answer, piece) => {
  expect(check(answer).status).toBe('partial');
  expect(unsupported(answer)).toEqual([piece]);
});

test('a name in a sentence without citation is not looked up', () => {
  expect(check('It sells [1]. Bergen is far.').status).toBe('supported');
});

test('the precedence of statuses', () => {
  expect(check('Nothing was said.', { saysNotFound: true }).status).toBe('not_found');
  expect(check('It costs 99 euros.').status).toBe('uncited');
  expect(check('Nothing but 99 euros [1].', { saysNotFound: true }).status).toBe('partial');
  expect(check('価格は九十九ユーロです [1]。').status).toBe('unchecked');
  expect(
    check('It sells [1].', { line: { ...LINE, text: 'На встрече решили поднять цену до ста евро.' } }).status,
  ).toBe('unchecked');
  expect(
    check(
      'Il prezzo di vendita è stato fissato dal gruppo e non sono previsti altri costi per la produzione del telecomando [1].',
    ).status,
  ).toBe('unchecked');
});
