/** The status with which a title or a line begins, such as "502 Bad Gateway", or that it stands for; undefined for none. */
export function statusInWords(words: string): number | undefined {
  const number = /^\W*(?:error)?\W*(?:code)?\W*([45]\d\d)\b/i.exec(words)?.[1];
  return number === undefined ? PHRASES.find(([phrase]) => phrase.test(words))?.[1] : Number(number);
}

const PHRASES: readonly (readonly [RegExp, number])[] = [
  [/internal server error/i, 500],
  [/bad gateway|upstream connect error|disconnect\/reset before headers|web server is down/i, 502],
  [/no healthy upstream|service (temporarily )?unavailable|(site|server) (is )?(temporarily )?unavailable/i, 503],
  [/gateway time-?out|upstream request timeout|connection timed out/i, 504],
  [/too many requests|being rate limited/i, 429],
  [/^\W*(forbidden|access denied)/i, 403],
  [/^\W*(not found|page not found)/i, 404],
  [/method not allowed/i, 405],
];
