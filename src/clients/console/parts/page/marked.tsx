import { markWords } from '../../state/answer/cited-words.ts';

/** A text in which some words are marked. */
export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  return (
    <>
      {markWords(text, words).map((part, index) =>
        // Parts of one text have no names.
        part.marked ? <mark key={index}>{part.text}</mark> : part.text,
      )}
    </>
  );
}
