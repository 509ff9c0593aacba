import { upsertMemo } from '@temporalio/workflow';
import { askSession as sound } from '../../workflows/ask-session.ts';
import type { SessionInput } from '../../workflows/contract.ts';

/** A deliberately broken copy: it does something before the first step that no recorded run did. */
export async function askSession(input: SessionInput): Promise<void> {
  upsertMemo({ broken: true });
  return sound(input);
}
