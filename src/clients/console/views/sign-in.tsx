import { useState } from 'preact/hooks';
import { ApiError } from '../../sdk/api-error.ts';
import { KnownKeys } from '../parts/frame/known-keys.tsx';
import { Problem } from '../parts/page/problem.tsx';
import { whatKeyOpens } from '../state/lib/known-keys.ts';
import { createPageClient } from '../state/lib/page-client.ts';
import { useTitle } from '../state/lib/use-title.ts';

interface Props {
  /** The key that the service did not take; null where none was tried. */
  refused: string | null;
  /** @param isForDevice whether to keep it on this device */
  onKey: (key: string, isForDevice?: boolean) => void;
}

/** Takes a key that the service knows. */
export function SignIn({ refused, onKey }: Props) {
  const [text, setText] = useState('');
  const [isForDevice, setForDevice] = useState(false);
  const [checking, setChecking] = useState(false);
  const [failure, setFailure] = useState<unknown>(refused === null ? null : REFUSED);
  useTitle('Enter a key');

  async function check(key: string, taken: () => void) {
    setChecking(true);
    setFailure(null);
    const problem = await refusalOf(key);
    setChecking(false);
    if (problem === null) taken();
    else setFailure(problem);
  }

  const key = text.trim();
  return (
    <main class="sign-in">
      <h1>Ask</h1>
      <p class="muted">
        Ask questions about recorded conversations, and get answers that cite the moment they rest on.
      </p>
      <form
        class="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          void check(key, () => onKey(key, isForDevice));
        }}
      >
        <label for="key">API key</label>
        <input
          id="key"
          type="password"
          autocomplete="off"
          spellcheck={false}
          required
          placeholder="sk_test_…"
          aria-describedby="key-help"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <p id="key-help" class="muted small">
          <code>npm start</code> prints one; <code>npx ask keys create</code> makes others.
          {!isForDevice && ' It stays in this tab and is forgotten when you close it.'}
        </p>
        <label class="check">
          <input
            type="checkbox"
            checked={isForDevice}
            onChange={({ currentTarget }) => setForDevice(currentTarget.checked)}
          />
          Remember on this device
        </label>
        {isForDevice && (
          <p class="note small">
            Whoever uses this browser can then open {whatKeyOpens(key)}. Do it only on a device of your own.
          </p>
        )}
        <button type="submit" class="primary" disabled={checking}>
          {checking ? 'Checking…' : 'Use this key'}
        </button>
        {failure !== null && <Problem failure={failure} />}
      </form>
      <KnownKeys disabled={checking} onChoose={(known) => void check(known, () => onKey(known))} />
    </main>
  );
}

const REFUSED = new ApiError(401, {
  code: 'unauthorized',
  message: 'It may have been revoked. Ask whoever gave it to you for another one.',
});

/** Why the service refuses the key; null when it accepts it. A key that may not list end users is valid too. */
async function refusalOf(key: string): Promise<unknown> {
  try {
    await createPageClient(key).endUsers('limit=1');
    return null;
  } catch (error) {
    return error instanceof ApiError && error.status === 403 ? null : error;
  }
}
