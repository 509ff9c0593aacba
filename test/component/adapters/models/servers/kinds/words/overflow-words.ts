import type { Kind } from '../kind.ts';

const json = (body: unknown) => JSON.stringify(body);

/** Prompts that are too long, as servers put it into words: status and message. */
const OVERFLOWS: [number, string][] = [
  [400, 'too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 5000.'],
  [422, 'Input validation error: `inputs` must have less than 8192 tokens. Given: 9000'],
  [400, 'The number of tokens to keep from the initial prompt is greater than the context length.'],
  [
    400,
    'Reached context length of 4096 tokens, but this model does not currently support mid-generation context overflow',
  ],
  [400, 'the input length exceeds the context length'],
  [400, 'Prompt length 5000 is greater than max_seq_len 4096'],
  [400, 'Requested token count exceeds the model’s maximum context length of 8192 tokens. You requested 9000.'],
  [400, 'Please reduce the length of the messages or completion. Current length is 9000 while limit is 8192'],
  [400, '<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 98304]'],
  [400, 'Input token length too long'],
  [400, 'Your input exceeds the context window of this model. Please adjust your input and try again.'],
  [400, "Invalid 'messages[0].content': string too long. Expected a string with maximum length 1048576."],
  [
    413,
    'The estimated number of input and maximum output tokens (9000) exceeded this model context window limit (8192).',
  ],
  [
    400,
    'Malformed input request: expected maxLength: 100000, actual: 200000, please reformat your input and try again.',
  ],
  [400, 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).'],
  [400, 'Request body too large for m model. Max size: 8000 tokens.'],
  [500, 'input is too large to process. increase the physical batch size'],
  [400, 'the request exceeds the available context size. try increasing the context size or enable context shift'],
  [400, 'This endpoint’s maximum context length is 32768 tokens. However, you requested about 40000 tokens'],
  [400, 'The prompt contains 9000 tokens, which is more than the limit of 8192.'],
  [400, 'Token limit exceeded: the prompt has 9000 tokens but n_ctx is 4096'],
  [400, "This model's maximum context length is 4096 tokens, but `max_tokens` is 500 and the prompt has 4000"],
  [400, '输入过长，超过模型最大长度限制'],
  [400, 'Prompt 超长'],
  // In other words and languages.
  [400, 'Max input tokens exceeded'],
  [400, 'The message you submitted was too long, please submit something shorter.'],
  [400, 'number of input tokens must be no more than 7400, got 9000'],
  [400, 'Please shorten your prompt and try again.'],
  [400, 'Request payload size exceeds the limit: 20971520 bytes.'],
  [422, 'Input should have at most 8192 tokens'],
  [400, 'The prompt (9000 tokens) does not fit into the window of the model.'],
  [400, 'Context limit reached: 8192 tokens'],
  [400, 'Prompt tokens (9000) + max new tokens (500) > model limit (8192)'],
  [500, 'Requested 9000 tokens, which is above the context of 8192'],
  [500, 'input (5000 tokens) is larger than the max context size (4096 tokens). skipping'],
  [400, 'Die Eingabe ist zu lang für das Kontextfenster (9000 Token).'],
  [400, 'Das Kontextfenster des Modells wurde überschritten.'],
  [400, 'La requête dépasse la longueur de contexte maximale du modèle.'],
  [400, 'Le prompt est trop long : 9000 jetons.'],
  [400, 'La entrada supera la longitud máxima de contexto del modelo.'],
  [400, 'El mensaje es demasiado largo.'],
  [400, 'Превышено максимальное количество токенов'],
  [400, 'コンテキスト長が上限を超えています'],
  [400, '입력 토큰이 최대 컨텍스트 길이를 초과했습니다'],
  [400, '提示词长度超出模型限制'],
];

/** Context overflows in the words of many servers. */
export const overflowWords: Kind[] = [
  ...OVERFLOWS.map(
    ([status, message]): Kind => ({
      kind: `a context overflow with ${status}: ${message}`,
      status,
      body: json({ error: { message, code: status } }),
      is: { reason: 'context_too_long' },
    }),
  ),
  {
    kind: 'a context overflow that a gateway quotes',
    status: 400,
    body: json({
      error: {
        message: 'Provider returned error',
        code: 400,
        metadata: { raw: json({ error: { message: "This model's maximum context length is 8192 tokens." } }) },
      },
    }),
    is: { reason: 'context_too_long' },
  },
  {
    kind: 'a context overflow in a stream',
    body: `data: ${json({ error: { object: 'error', message: 'The prompt (5000 tokens) exceeds the context window', code: 400 } })}\n\n`,
    is: { reason: 'context_too_long' },
  },
  {
    kind: 'a context overflow in words of a stream of TGI',
    body: `data:${json({ error: 'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096', error_type: 'validation' })}\n\n`,
    is: { reason: 'context_too_long' },
  },
];
