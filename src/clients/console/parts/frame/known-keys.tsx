import { useState } from 'preact/hooks';
import { forgetKey, isKept, knownKeys, maskKey } from '../../state/lib/known-keys.ts';

interface Props {
  disabled: boolean;
  onChoose: (key: string) => void;
}

/** Keys that were used before, each with where it is remembered. */
export function KnownKeys({ disabled, onChoose }: Props) {
  const [known, setKnown] = useState(knownKeys);
  if (known.length === 0) return null;
  return (
    <section class="card stack">
      <h2>Keys used before</h2>
      <ul class="plain stack">
        {known.map((key) => (
          <li class="row" key={key}>
            <button type="button" class="grow" disabled={disabled} onClick={() => onChoose(key)}>
              {maskKey(key)}
            </button>
            <span class="muted small">{isKept(key) ? 'this device' : 'this tab'}</span>
            <button
              type="button"
              aria-label={`Forget ${maskKey(key)}`}
              onClick={() => {
                forgetKey(key);
                setKnown(knownKeys());
              }}
            >
              Forget
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
