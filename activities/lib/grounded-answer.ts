import { checkGrounding } from '../../src/domain/answering/grounding/check-grounding.ts';
import type { CitedLine } from '../../src/domain/answering/grounding/grounding-input.ts';
import type { AnswerPart } from '../../src/domain/answering/grounding/sentences.ts';
import { parseReply } from '../../src/domain/answering/reply/citations.ts';
import type { CitableLines } from '../../src/domain/answering/reply/reply-reader.ts';
import type { Answer, Part } from '../../src/domain/ask/message.ts';
import { providerFailure } from '../../src/domain/shared/errors.ts';
import type { Provider } from '../../src/domain/shared/provider.ts';
import type { LoadedContext } from '../../src/ports/ask/context-loading.ts';

/**
 * The reply with its citations resolved, and its facts looked up in the lines that it cites.
 * @returns also how many of its markers the prompt did not hand out
 */
export function groundedAnswer(
  text: string,
  given: { context: LoadedContext; citable: CitableLines; provider: Provider; question: string; timeZone: string },
): Pick<Answer, 'content' | 'parts' | 'grounding'> & { dropped: number } {
  const { context, citable, provider, question, timeZone } = given;
  const { content, parts, cited, saysNotFound, dropped } = parseReply(text, citable);
  if (content === '') throw providerFailure(provider, 'empty_reply', { retryable: true });
  const citedLines = cited.map((line) => ({
    ...line,
    ...(context.recordings.get(line.recordingId) ?? { title: null, recordedAt: null }),
  }));
  const grounding = checkGrounding({
    parts: withLines(parts, citedLines),
    question,
    speakers: [...new Set([...context.targets.values()].flatMap(({ speaker }) => speaker ?? []))],
    saysNotFound,
    timeZone,
  });
  return { content, parts, grounding, dropped };
}

/** The parts of an answer with the line of each citation in its place. */
function withLines(parts: readonly Part[], lines: readonly CitedLine[]): AnswerPart<CitedLine>[] {
  const left = lines.values();
  return parts.flatMap((part): AnswerPart<CitedLine>[] => {
    if (part.type === 'text') return [part.text];
    const { value } = left.next();
    return value === undefined ? [] : [{ cited: value }];
  });
}
