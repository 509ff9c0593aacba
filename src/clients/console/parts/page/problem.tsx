import { problemOf } from '../../lib/problem.ts';

interface Props {
  failure: unknown;
  onRetry?: (() => void) | undefined;
  /** The label of the button that goes on. */
  action?: string;
}

/** A failure, announced at once, with a button to go on where that is possible. */
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
