/** Only so much of a question is read for names and dates: what is pasted behind it is no question. */
const READ_CHARACTERS = 2_000;

/** What is read of a question, with one blank where there are several: patterns would look for each run of them anew. */
export function readablePart(question: string): string {
  return question.slice(0, READ_CHARACTERS).replace(/(\s)\s+/g, '$1');
}
