import type { AssistantMessage } from '../../../domain/ask/message.ts';
import { presentSource } from '../../library/presenters/present-source.ts';

/** An answer's sources, and which of them it cites; unknown for an answer from before citations named their source. */
export function presentAnswerSources({ sources, parts }: Pick<AssistantMessage, 'sources' | 'parts'>) {
  const citations = parts.filter((part) => part.type === 'citation');
  const isKnown = citations.every(({ sourceIndex }) => sourceIndex !== null);
  const cited = new Set(citations.map(({ sourceIndex }) => sourceIndex));
  return sources.map((source, index) => ({ ...presentSource(source), cited: isKnown ? cited.has(index) : null }));
}
