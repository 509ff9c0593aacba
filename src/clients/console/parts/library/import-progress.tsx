import type { Import } from '../../state/library/imports.ts';
import { ImportRow } from './import-row.tsx';

/** From this many files on, the progress of all files together is shown as well. */
const MANY = 4;

/** A row for each file, failed ones first, and how far all of them are. */
export function ImportProgress({ imports }: { imports: readonly Import[] }) {
  if (imports.length === 0) return null;
  const count = (step: Import['state']['step']) => imports.filter(({ state }) => state.step === step).length;
  const [done, failed] = [count('completed'), count('failed')];
  const rank = ({ state }: Import) => RANKS[state.step];
  return (
    <div class="stack imports">
      {imports.length >= MANY && (
        <p class="row small" role="status">
          <progress aria-label="Import of all files" max={imports.length} value={done + failed} />
          <span>
            {done} of {imports.length} imported{failed > 0 && `, ${failed} refused`}
          </span>
        </p>
      )}
      <ul class="plain import-rows" aria-label="Imports" aria-live="polite">
        {imports
          .toSorted((a, b) => rank(a) - rank(b) || a.number - b.number)
          .map((each) => (
            <ImportRow key={each.number} {...each} />
          ))}
      </ul>
    </div>
  );
}

const RANKS: Record<Import['state']['step'], number> = { failed: 0, sending: 1, indexing: 1, waiting: 2, completed: 3 };
