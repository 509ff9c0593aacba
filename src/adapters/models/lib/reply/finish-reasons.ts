import type { FinishReason } from '../../../../domain/ask/message.ts';

/** Why a model stopped; `error` when its server says that it broke off. */
export type Finish = FinishReason | 'error';

/** The reasons to stop of all protocols. Gateways mix them: Gemini's own names come over OpenAI's protocol too. */
export function finishOf(reason: string): Finish {
  return FINISHES[reason.toLowerCase().replaceAll('-', '_')] ?? 'other';
}

const FINISHES: Partial<Record<string, Finish>> = {
  stop: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  end_of_text: 'stop',
  complete: 'stop',
  completed: 'stop',
  length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  max_completion_tokens: 'length',
  max_length: 'length',
  error_limit: 'length',
  model_length: 'length',
  model_context_window_exceeded: 'length',
  content_filter: 'content_filter',
  content_filtered: 'content_filter',
  content_policy_violation: 'content_filter',
  refusal: 'content_filter',
  safety: 'content_filter',
  image_safety: 'content_filter',
  recitation: 'content_filter',
  blocklist: 'content_filter',
  prohibited_content: 'content_filter',
  spii: 'content_filter',
  sensitive: 'content_filter',
  guardrail_intervened: 'content_filter',
  error_toxic: 'content_filter',
  model_armor: 'content_filter',
  language: 'content_filter',
  error: 'error',
  network_error: 'error',
  insufficient_system_resource: 'error',
  abort: 'error',
  aborted: 'error',
};
