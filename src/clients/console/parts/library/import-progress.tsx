import type { Import, Imports } from '../../state/library/imports.ts';
import { ImportRow } from './import-row.tsx';

/** From this many files on, the progress of all files together is shown as well. */
const MANY = 4;

/** A row for each file, failed ones first, and how far all of them are. */
export function ImportProgress({ imports }: { imports: Imports }) {
  const { all } = imports;
  if (all.length === 0) return null;
  const count = (step: Import['state']['step']) => all.filter(({ state }) => state.step === step).length;
  const [done, failed] = [count('completed'), count('failed')];
  const rank = ({ state }: Import) => RANKS[state.step];
  return (
    <div class="stack imports">
      <div class="row small">
        <p class="row grow" role="status">
          {all.length >= MANY && (
            <>
              <progress aria-label="Import of all files" max={all.length} value={done + failed} />
              <span>
                {done} of {all.length} imported{failed > 0 && `, ${failed} failed`}
              </span>
            </>
          )}
        </p>
        {done + failed > 0 && (
          <button type="button" class="quiet small" onClick={() => imports.clear()}>
            Hide finished
          </button>
        )}
      </div>
      <ul class="plain import-rows" aria-label="Imports" aria-live="polite">
        {all
          .toSorted((a, b) => rank(a) - rank(b) || a.number - b.number)
          .map((each) => (
            <ImportRow key={each.number} {...each} onRetry={() => imports.retry(each)} />
          ))}
      </ul>
    </div>
  );
}

const RANKS: Record<Import['state']['step'], number> = {
  failed: 0,
  sending: 1,
  reading: 1,
  indexing: 1,
  waiting: 2,
  completed: 3,
};
