import { useCallback, useState } from 'preact/hooks';
import { forgetDrafts } from '../state/ask/drafts.ts';
import { forgetRunning } from '../state/ask/running-turns.ts';
import { currentKey, leaveKey, takeKey } from '../state/lib/known-keys.ts';
import { Shell } from './shell.tsx';
import { SignIn } from './sign-in.tsx';

/** The console: everything of it works with one key, and starts anew with another. */
export function App() {
  const [key, setKey] = useState(currentKey());
  const take = (taken: string) => {
    takeKey(taken);
    setKey(taken);
  };
  const leave = useCallback(() => {
    leaveKey();
    forgetRunning();
    forgetDrafts();
    setKey(null);
  }, []);
  return key === null ? <SignIn onKey={take} /> : <Shell key={key} apiKey={key} onLeave={leave} />;
}
