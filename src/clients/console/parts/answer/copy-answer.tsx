import { useState } from 'preact/hooks';
import { copyText } from '../../lib/copy-text.ts';
import { answerAsText } from '../../state/answer/answer-as-text.ts';
import type { Piece } from '../../state/answer/pieces.ts';
import { useConsole } from '../../state/console.ts';
import { Icon } from '../page/icon.tsx';

/** Copies an answer with the list of its citations. */
export function CopyAnswer({ pieces }: { pieces: readonly Piece[] }) {
  const { names } = useConsole();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => setCopied(await copyText(await answerAsText(pieces, (id) => names.of(id))));
  return (
    <button type="button" class="quiet small" onClick={copy} onBlur={() => setCopied(false)} aria-live="polite">
      <Icon name={isCopied ? 'check' : 'copy'} />
      {isCopied ? 'Copied' : 'Copy'}
    </button>
  );
}
