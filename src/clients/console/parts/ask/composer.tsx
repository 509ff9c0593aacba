import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Provider } from '../../../sdk/wire-types.ts';
import { draftOf, keepDraft } from '../../state/ask/drafts.ts';
import type { Conversation } from '../../state/ask/turns.ts';
import { recall, remember } from '../../state/lib/stored.ts';

interface Props {
  conversation: Conversation;
  running: boolean;
  onAsk: (content: string, provider: Provider | null) => void;
  /** null while there is nothing that can be stopped. */
  onStop: (() => void) | null;
}

const PROVIDER = 'ask.provider';
const LONGEST = 10_000;

/** The next question and the model that shall answer it. Enter sends, Shift and Enter begins a line. */
export function Composer({ conversation, running, onAsk, onStop }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => draftOf(conversation));
  const [provider, setProvider] = useState(() => recall<Provider | null>(PROVIDER, null));

  // Of a conversation that goes on already: whoever asked just now may write on.
  const [goesOn] = useState(running);
  useLayoutEffect(() => {
    if (goesOn) field.current?.focus({ preventScroll: true });
  }, [goesOn]);

  function send() {
    const content = text.trim();
    if (content === '' || running) return;
    onAsk(content, provider);
    write('');
  }

  function write(draft: string) {
    keepDraft(conversation, draft);
    setText(draft);
  }

  function choose(value: string) {
    const chosen = isProvider(value) ? value : null;
    remember(PROVIDER, chosen);
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
        aria-label="Your question"
        placeholder="Ask a question…"
        rows={2}
        maxLength={LONGEST}
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <div class="row">
        <select
          class="quiet"
          aria-label="Model"
          value={provider ?? ''}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value="">Default model</option>
          {Object.entries(PROVIDER_LABELS).map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
        <span class="grow" />
        {onStop && (
          <button type="button" onClick={onStop}>
            Stop
          </button>
        )}
        <button type="submit" class="primary" disabled={running || text.trim() === ''}>
          Ask
        </button>
      </div>
    </form>
  );
}

const PROVIDER_LABELS = { gemini: 'Gemini', openai: 'OpenAI', claude: 'Claude' } satisfies Record<Provider, string>;

function isProvider(value: string): value is Provider {
  return Object.hasOwn(PROVIDER_LABELS, value);
}
