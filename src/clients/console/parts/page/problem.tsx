import { problemOf } from '../../lib/problem.ts';

interface Props {
  failure: unknown;
  onRetry?: (() => void) | undefined;
  /** What the way on is called. */
  action?: string;
}

/** A failure, announced at once, with a way on where there is one. */
export function Problem({ failure, onRetry, action = 'Try again' }: Props) {
  const { title, text } = problemOf(failure);
  return (
    <div class="problem" role="alert">
      <p>
        <strong>{title}.</strong> {text}
      </p>
      {onRetry && (
        <button type="button" onClick={onRetry}>
          {action}
        </button>
      )}
    </div>
  );
}
