import { problemOf } from '../../lib/problem.ts';

/** A failure, announced at once, with a way on where there is one. */
export function Problem({ failure, onRetry }: { failure: unknown; onRetry?: (() => void) | undefined }) {
  const { title, text } = problemOf(failure);
  return (
    <div class="problem" role="alert">
      <p>
        <strong>{title}.</strong> {text}
      </p>
      {onRetry && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
