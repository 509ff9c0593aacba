import type { Scope } from '../../../sdk/wire-types.ts';
import { useSuggestions } from '../../hooks/use-suggestions.ts';
import { Empty } from '../page/empty.tsx';

interface Props {
  scope: Scope;
  onAsk: (question: string) => void;
}

/** A session without a question yet: what can be asked. */
export function Suggestions({ scope, onAsk }: Props) {
  const questions = useSuggestions(scope);
  return (
    <Empty title="What do you want to know?">
      <p>Answers cite the moments that they rest on: choose a number in an answer to see it in the transcript.</p>
      <ul class="plain suggestions" aria-label="Suggested questions">
        {questions.map((question) => (
          <li key={question}>
            <button type="button" onClick={() => onAsk(question)}>
              {question}
            </button>
          </li>
        ))}
      </ul>
    </Empty>
  );
}
