import type { z } from 'zod';
import { recordingIdsOf } from '../../../domain/ask/scope.ts';
import type { Session } from '../../../domain/ask/session.ts';
import type { session } from '../schemas/ask-schemas.ts';

export function presentSession(s: Session): z.infer<typeof session> {
  return {
    id: s.id,
    scope: { type: s.scope.type, recording_ids: recordingIdsOf(s.scope), recording_title: s.recordingTitle },
    title: s.title,
    end_user_id: s.endUserId,
    message_count: s.messageCount,
    last_message_at: s.lastMessageAt,
    last_model: s.lastModel,
    last_provider: s.lastProvider,
    created_at: s.createdAt,
    updated_at: s.updatedAt,
  };
}
