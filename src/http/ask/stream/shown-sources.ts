import type { AskResult } from '../../../domain/ask/turn.ts';
import type { Source } from '../../../domain/library/source.ts';

/** Of searched passages at most so many are told before the answer. */
const MOST_SHOWN = 20;

/** The sources that were told before the answer began; those behind them were appended by citations. */
export function shownSources({ message: { sources, retrieval } }: AskResult): Source[] {
  return retrieval?.method === 'whole' ? [] : sources.slice(0, MOST_SHOWN);
}
