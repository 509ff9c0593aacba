import type { SessionId } from '../../../sdk/wire-types.ts';
import { recall, remember, rememberEntry } from '../lib/stored.ts';
import type { Conversation } from './turns.ts';

const DRAFTS = 'ask.drafts';

type Drafts = Partial<Record<Conversation, string>>;

/** What is written for a conversation and not asked yet; it outlives the field that it is written in. */
export function draftOf(conversation: Conversation): string {
  return recall<Drafts>(DRAFTS, {})[conversation] ?? '';
}

export function keepDraft(conversation: Conversation, text: string): void {
  rememberEntry(DRAFTS, conversation, text || undefined);
}

/** What was written while a session was created belongs to that session. */
export function moveDraft(session: SessionId): void {
  keepDraft(session, draftOf('new'));
  keepDraft('new', '');
}

/** Drafts belong to one key, so another key begins without them. */
export function forgetDrafts(): void {
  remember(DRAFTS, {});
}
