import type { ScopeReference, TranscriptReference } from '../../src/domain/answering/context-reference.ts';
import type { NewQuestion } from '../../src/domain/ask/message.ts';
import type { MessageId, TranscriptionId } from '../../src/domain/shared/ids.ts';

const READ = { tokens: 100, passages: 1, timezone: 'UTC', readAt: '2026-01-01T00:00:00.000Z' };

/** What a question over one recording rests on. */
export function transcriptReference(transcriptionId: TranscriptionId): TranscriptReference {
  return { kind: 'transcript', transcriptionId, ...READ };
}

/** What a question over a library rests on: nothing, unless it says otherwise. */
export function scopeReference(overrides: Partial<ScopeReference> = {}): ScopeReference {
  return {
    kind: 'scope',
    method: 'passages',
    complete: false,
    recordingsInScope: 1,
    shown: [],
    chunkIds: [],
    scores: [],
    understood: [],
    unknownSpeakers: [],
    ignoredRefs: [],
    ...READ,
    ...overrides,
  };
}

/** A question without filters. */
export function aQuestion(id: MessageId, content: string): NewQuestion {
  const createdAt = '2026-01-01T00:00:00.000Z';
  return { id, content, contextRefs: [], filters: {}, timezone: null, responseLanguage: null, createdAt };
}
