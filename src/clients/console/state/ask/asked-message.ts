import type { SendMessage } from '../../../sdk/wire-types.ts';
import { chosenProvider } from './chosen-provider.ts';
import type { Question } from './settled-turn.ts';

/** A question as the reader of this page asks it: "today" and "last week" mean the reader's zone. */
export function newMessage(content: string): SendMessage {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return byChosenModel({ content, timezone: timeZone });
}

/** A stored question with all that narrowed it, to be asked again. */
export function messageAgain(question: Question): SendMessage {
  const { content, filters, context_refs, timezone, response_language } = question;
  return byChosenModel({
    content,
    ...(Object.keys(filters).length > 0 && { filters }),
    ...(context_refs.length > 0 && { context_refs }),
    ...(timezone !== null && { timezone }),
    ...(response_language !== null && { response_language }),
  });
}

/** The same question for the model that is chosen now, because the reader sees that one beside it. */
export function byChosenModel({ provider: _, ...message }: SendMessage): SendMessage {
  const provider = chosenProvider();
  return { ...message, ...(provider !== null && { provider }) };
}
