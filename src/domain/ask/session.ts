import type { Owned } from '../access/tenant.ts';
import type { SessionId } from '../shared/ids.ts';
import type { Provider } from '../shared/provider.ts';
import { beginningOf } from '../shared/text-beginning.ts';
import type { SessionScope } from './scope.ts';

/** A session at its creation. */
export interface NewSession extends Owned {
  id: SessionId;
  scope: SessionScope;
  title: string;
  /** The name of the recording, for recording scope; else null. */
  recordingTitle: string | null;
  /** ISO 8601. */
  createdAt: string;
}

export interface Session extends NewSession {
  messageCount: number;
  lastMessageAt: string | null;
  lastModel: string | null;
  lastProvider: Provider | null;
  updatedAt: string;
}

const TITLE_LENGTH = 200;

/** The title of a session: the given one, else the first words of the question, else a plain default. */
export function sessionTitle(given: string | undefined, question: string | undefined): string {
  if (given !== undefined) return given;
  const text = question?.replace(/\s+/g, ' ').trim();
  return text ? cutAtWord(text, TITLE_LENGTH) : 'New chat';
}

function cutAtWord(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = text.slice(0, length + 1);
  const space = head.lastIndexOf(' ');
  return beginningOf(text, space > 0 ? space : length);
}
