import { useConsole } from '../../state/console.ts';
import { useLoad } from '../../state/lib/use-load.ts';

/** Says that passages are found by their words alone, where no embedding model could be had. Else it says nothing. */
export function HashedWordsNote() {
  const { api } = useConsole();
  const { data } = useLoad('providers', () => api.providers());
  if (data?.search?.hashed_words !== true) return null;
  return <p class="note small">This service has no embedding model. It finds words, and hardly what they mean.</p>;
}
