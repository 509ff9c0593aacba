import type { ProviderFailureReason } from '../../../../domain/shared/provider-failures.ts';
import { CONTEXT_TOO_LONG } from './context-words.ts';

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
  { reason: 'context_too_long', statuses: refusal, words: CONTEXT_TOO_LONG },
  { reason: 'context_too_long', statuses: anyOf(429), words: /request too large|tokens must be reduced/i },
  {
    reason: 'quota_exceeded',
    statuses: () => true,
    words: new RegExp(
      [
        'insufficient[ _-]?(user[ _-])?(quota|balance|credit|fund)|(credit|account)s? balance|payment required|arrear|overdue',
        'out of (credit|[^.]{0,20}quota)|(no|any|more|purchase) credits(?! were)',
        'billing[_ ](error|hard|limit|not|issue|account|disabled|to be enabled)|exceeded_current_quota|(account|subscription)[^.]{0,20}(not active|suspended|inactive)',
        // Gemini says this of a minute's quota too; there the id of the quota tells.
        '^(?!.*RESOURCE_EXHAUSTED).*exceeded your current quota',
        '(spend(ing)?|usage|monthly|daily|hard|weekly)[ _-](spend )?(limit|cap|quota|allocation|free)',
        'budget (has been )?exceeded|key limit exceeded|(enough (credit|balance|quota|funds)|(quota|balance|credits) (is|are) not enough)|recharge|free tier[^.]{0,40}(exhausted|used up)',
        'daily[^.]{0,20}(limit|quota|request|token|cap|rate|usage|credit)|(limit|quota)[^.]{0,30}\\bdaily',
        'allowance[^.]{0,20}(used up|exhausted|exceeded)|(trial|subscription) (has |is )?(expired|ended|lapsed)',
        '余额|额度(不足|已?(用尽|用完|耗尽))|欠费|充值',
        '((per|for the)[ _-]?|/ ?)(day|week|month)\\b|per(day|week|month)|\\b[RT]PD\\b|limit: 0(?![.\\d])',
      ].join('|'),
      'is',
    ),
  },
  {
    reason: 'refused',
    statuses: refusalOrForbidden,
    words:
      /content[ _]?(management )?(filter|policy)|content exists risk|ResponsibleAI|data_inspection_failed|inappropriate content|flagged|moderation|(unsafe|sensitive|harmful)[^.]{0,20}content|high risk|usage polic|safety system|guardrail|敏感|prohibited_content|blocked by[^.]{0,30}(safety|filter|guardrail)/i,
  },
  {
    reason: 'permission',
    statuses: anyOf(400, 401),
    words: /not allowed to access|model_access_denied|terms[ _](acceptance|required)|organization[^.]{0,20}disabled/i,
  },
  {
    reason: 'authentication',
    statuses: anyOf(400, 401, 403),
    words:
      /API_KEY_INVALID|api[ _-]?key[^.]{0,20}(invalid|not valid|expired|missing|not found|incorrect|required|leaked|revoked)|(invalid|incorrect|expired|missing|no|wrong)[ _-](api[ _-]?key|(access|bearer|auth)[ _-]token|auth|credential|subscription)|authentication_error|unauthenticated|\btoken\b[^.]{0,40}expired|valid (api[ _-]?)?key\b/i,
  },
  { reason: 'authentication', statuses: anyOf(403), words: /invalid token/i },
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
      /model_not_found|DeploymentNotFound|model (identifier|id|name)[^.]{0,20} invalid|model((?!stream|role|param|token|message|instruction)[^.]){0,80}(does not exist|doesn't exist|not found|not exist|is not available|(is not|isn['’]t) supported|decommissioned|deprecated|not loaded|unloaded)|(unknown|invalid|no such|unsupported)[ _]model|no endpoints found|not a valid model|no models? (are |is )?loaded|no model named|not a known model|model[^.]{0,40}(retired|discontinued)|could not find[^.]{0,20}model|on-demand throughput|模型不存在/i,
  },
  // Gateways that know no server for a model say so with the status of an overload.
  {
    reason: 'model_not_found',
    statuses: anyOf(500, 503),
    words: /model_not_found|no available channel|无可用渠道/i,
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
    words: /overload|no healthy upstream|(at|over|no) capacity|service[^.]{0,20}unavailable|is loading|\bbusy\b/i,
  },
  { reason: 'timeout', words: /time[d -]?out/i },
  {
    reason: 'authentication',
    words: /unauthori[sz]ed|not authenticated|authentication (error|failed|required)|login fail/i,
  },
  { reason: 'permission', words: /forbidden|(permission|access) denied/i },
];
