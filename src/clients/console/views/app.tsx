import { useCallback, useEffect, useState } from 'preact/hooks';
import { forgetDrafts } from '../state/ask/drafts.ts';
import { currentKey, keyInAddress, leaveKey, takeKey } from '../state/lib/known-keys.ts';
import { Shell } from './shell.tsx';
import { SignIn } from './sign-in.tsx';

/** The console. All of it works with one key, and another key starts it anew. */
export function App() {
  const [key, setKey] = useState(firstKey);
  const [refused, setRefused] = useState<string | null>(null);
  const take = (taken: string, isForDevice?: boolean) => {
    takeKey(taken, isForDevice);
    setRefused(null);
    setKey(taken);
  };
  useEffect(() => {
    const changed = () => {
      const given = keyInAddress();
      if (given !== null) take(given);
    };
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  const leave = useCallback((isRefused = false) => {
    setRefused(isRefused ? currentKey() : null);
    leaveKey();
    forgetDrafts();
    setKey(null);
  }, []);
  return key === null ? <SignIn refused={refused} onKey={take} /> : <Shell key={key} apiKey={key} onLeave={leave} />;
}

function firstKey(): string | null {
  const given = keyInAddress();
  if (given !== null) takeKey(given);
  return currentKey();
}
