import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Provider } from '../../../sdk/wire-types.ts';
import { countOf } from '../../lib/format.ts';
import { chooseProvider, chosenProvider } from '../../state/ask/chosen-provider.ts';
import { draftOf, keepDraft } from '../../state/ask/drafts.ts';
import type { Conversation } from '../../state/ask/turns.ts';
import { ProviderPicker } from './provider-picker.tsx';

interface Props {
  conversation: Conversation;
  running: boolean;
  onAsk: (content: string) => void;
  /** null while there is nothing that can be stopped. */
  onStop: (() => void) | null;
}

/** The most that the service takes. */
const LONGEST = 10_000;
/** From this length on, the length is shown. */
const LONG = 9_000;

/** The next question and the model that will answer it. Enter sends, Shift and Enter begins a line. */
export function Composer({ conversation, running, onAsk, onStop }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => draftOf(conversation));
  const [provider, setProvider] = useState(chosenProvider);

  // In a running conversation, so that somebody who has just asked can write on.
  const [goesOn] = useState(running);
  useLayoutEffect(() => {
    if (goesOn) field.current?.focus({ preventScroll: true });
  }, [goesOn]);

  const content = text.trim();
  const isTooLong = content.length > LONGEST;

  function send() {
    if (content === '' || running || isTooLong) return;
    onAsk(content);
    write('');
  }

  function write(draft: string) {
    keepDraft(conversation, draft);
    setText(draft);
  }

  function choose(chosen: Provider | null) {
    chooseProvider(chosen);
    setProvider(chosen);
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        dir="auto"
        aria-label="Your question"
        placeholder="Ask a question…"
        rows={2}
        aria-invalid={isTooLong}
        aria-describedby="question-length"
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <div class="row">
        <ProviderPicker chosen={provider} onChoose={choose} />
        <p id="question-length" class={isTooLong ? 'grow small bad' : 'grow small muted'} aria-live="polite">
          {content.length > LONG && lengthWords(content.length)}
        </p>
        {onStop && (
          <button type="button" onClick={onStop}>
            Stop
          </button>
        )}
        <button type="submit" class="primary" disabled={running || content === '' || isTooLong}>
          Ask
        </button>
      </div>
    </form>
  );
}

function lengthWords(length: number): string {
  const over = length - LONGEST;
  const most = LONGEST.toLocaleString();
  if (over <= 0) return `${length.toLocaleString()} of ${most} characters`;
  return `Too long by ${countOf(over, 'character')}: a question takes ${most}.`;
}
