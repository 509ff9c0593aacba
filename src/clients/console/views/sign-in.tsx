import { useState } from 'preact/hooks';
import { ApiError } from '../../sdk/api-error.ts';
import { Problem } from '../parts/page/problem.tsx';
import { forgetKey, knownKeys, maskKey } from '../state/lib/known-keys.ts';
import { createPageClient } from '../state/lib/page-client.ts';
import { useTitle } from '../state/lib/use-title.ts';

/** Takes a key that the service knows. */
export function SignIn({ onKey }: { onKey: (key: string) => void }) {
  const [text, setText] = useState('');
  const [known, setKnown] = useState(knownKeys());
  const [checking, setChecking] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  useTitle('Enter a key');

  async function check(key: string) {
    setChecking(true);
    setFailure(null);
    const refused = await refusalOf(key);
    setChecking(false);
    if (refused === null) return onKey(key);
    setFailure(refused);
  }

  function forget(key: string) {
    forgetKey(key);
    setKnown(knownKeys());
  }

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
          void check(text.trim());
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
          <code>npm start</code> prints one; <code>npx ask keys create</code> makes others. It stays in this tab and is
          forgotten when you close it.
        </p>
        <button type="submit" class="primary" disabled={checking}>
          {checking ? 'Checking…' : 'Use this key'}
        </button>
        {failure !== null && <Problem failure={failure} />}
      </form>
      {known.length > 0 && (
        <section class="card stack">
          <h2>Keys of this tab</h2>
          <ul class="plain stack">
            {known.map((key) => (
              <li class="row" key={key}>
                <button type="button" class="grow" disabled={checking} onClick={() => void check(key)}>
                  {maskKey(key)}
                </button>
                <button type="button" aria-label={`Forget ${maskKey(key)}`} onClick={() => forget(key)}>
                  Forget
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  );
}

/** Why the service does not take the key; null when it does. A key that may not list people is a good one all the same. */
async function refusalOf(key: string): Promise<unknown> {
  try {
    await createPageClient(key).endUsers('limit=1');
    return null;
  } catch (error) {
    return error instanceof ApiError && error.status === 403 ? null : error;
  }
}
