import type { ProviderFailureReason } from '../../../../domain/shared/provider-failures.ts';

/** Reasons that words or error codes tell for certain. A later attempt at the same provider cannot help with any. */
export interface Wording {
  reason: ProviderFailureReason;
  statuses: (status: number) => boolean;
  words: RegExp;
}

const anyOf =
  (...statuses: number[]) =>
  (status: number) =>
    statuses.includes(status);
/** Not those that speak of the key, or of too many requests: their words mention tokens and lengths too. */
const refusal = (status: number) => status >= 400 && ![401, 402, 403, 408, 409, 429].includes(status);

export const BY_WORDS: Wording[] = [
  {
    reason: 'context_too_long',
    statuses: refusal,
    words: new RegExp(
      [
        'context_too_(long|large)',
        'tokens_limit_reached',
        'prompt_too_long',
        // OpenAI, vLLM, Together, Moonshot, xAI
        'maximum (context|prompt|input|sequence) (length|tokens?|size)|max(imum)?[_ ]?(model|seq|input)[_ ]?len(gth)?|\\bn_ctx\\b',
        'maximum number of (input )?tokens allowed|exceeds? the maximum number of tokens',
        'exceeded model token limit',
        // Anthropic, llama.cpp, LM Studio, Ollama, sglang
        '(prompt|input|request|message)s? (is|are|was|were|has|have)? ?(too|very) (long|large)\\b',
        '(exceed|overflow|longer than|larger than|greater than|beyond|fit)[^.]{0,60}context(?! deadline)',
        'context(?! deadline)[^.]{0,60}(exceed|overflow|too (small|short)|is full)',
        'context (length|size|window) of only',
        '\\b(prompt|input|token)s?\\b[^.]{0,60}exceed[^.]{0,40}(max|limit|length)',
        'input length should be|expected maxLength',
        '\\b(length|tokens?) (is |are )?too (long|large|many)|string too long|body too large for',
        '\\b(prompt|input|messages?)\\b[^.]{0,40}\\btokens?\\b[^.]{0,40}(more|larger|greater|longer) than',
        'token limit (was |is |has been )?exceeded',
        // TGI, Mistral, Cohere
        '`?inputs`? (tokens \\+|must have less than)',
        'too large for model with',
        'too many (input )?tokens',
        // Zhipu, DashScope and gateways to them
        '超长|过长|超过[^。]{0,12}(长度|上下文|token)',
        'reduce (the )?(length|size) of (the |your )?(messages|prompt|input|request)|reduce your (prompt|input)',
      ].join('|'),
      'i',
    ),
  },
  { reason: 'context_too_long', statuses: anyOf(429), words: /request too large|tokens must be reduced/i },
  {
    reason: 'quota_exceeded',
    statuses: () => true,
    words: new RegExp(
      [
        'insufficient[ _-]?(quota|balance|credit|fund)|(credit|account)s? balance|out of credit|(no|more) credits|payment required|arrear|overdue',
        'billing[_ ](error|hard|limit|not|issue|account)|exceeded_current_quota|(account|subscription)[^.]{0,20}(not active|suspended|inactive)',
        // Gemini says this of a minute's quota too; there the id of the quota tells.
        '^(?!.*RESOURCE_EXHAUSTED).*exceeded your current quota',
        '(spend(ing)?|usage|monthly|daily|hard|weekly)[ _-](spend )?(limit|cap|quota|allocation|free)',
        'budget (has been )?exceeded|key limit exceeded|enough (credit|balance|quota)|recharge|free tier[^.]{0,40}(exhausted|used up)',
        '余额|额度不足|欠费|充值',
        '(per|for the)[ _-]?(day|week|month)|per(day|week|month)|daily|\\b[RT]PD\\b|limit: 0(?![.\\d])',
      ].join('|'),
      'is',
    ),
  },
  {
    reason: 'refused',
    statuses: refusalOrForbidden,
    words:
      /content[ _]?(management )?(filter|policy)|content exists risk|ResponsibleAI|data_inspection_failed|inappropriate content|flagged|moderation|prohibited_content|blocked by[^.]{0,30}(safety|filter|guardrail)/i,
  },
  {
    reason: 'authentication',
    statuses: anyOf(400, 401, 403),
    words:
      /API_KEY_INVALID|api[ _-]?key[^.]{0,20}(invalid|not valid|expired|missing|not found|incorrect|required)|(invalid|incorrect|expired|missing|no|wrong)[ _-](api[ _-]?key|(access|bearer|auth)[ _-]token|auth|credential|subscription)|authentication_error|unauthenticated|\btoken\b[^.]{0,40}expired/i,
  },
  {
    reason: 'wrong_address',
    statuses: anyOf(400, 404, 405),
    words:
      /unexpected endpoint|invalid url|no route|(unknown|unrecognized|invalid) (path|endpoint|url|route)|(route|path|endpoint|page|file|url)[^.]{0,20} not found|cannot post|method not allowed/i,
  },
  {
    reason: 'model_not_found',
    statuses: anyOf(400, 403, 404, 410, 422),
    words:
      /model_not_found|DeploymentNotFound|model (identifier|id|name)[^.]{0,20} invalid|model[^.]{0,80}(does not exist|doesn't exist|not found|not exist|is not available|is not supported|decommissioned|deprecated)|(unknown|invalid|no such|unsupported)[ _]model|no endpoints found|not a valid model/i,
  },
];

function refusalOrForbidden(status: number): boolean {
  return status === 403 || refusal(status);
}

/** What words tell where nothing names a status. */
export const BY_WORDS_ALONE: Pick<Wording, 'reason' | 'words'>[] = [
  { reason: 'rate_limited', words: /rate[ _-]?limit|too many requests|slow down|请求(过于)?频繁|速率限制/i },
  {
    reason: 'overloaded',
    words: /overload|no healthy upstream|(at|over|no) capacity|service[^.]{0,20}unavailable|is loading/i,
  },
  { reason: 'timeout', words: /time[d -]?out/i },
];
