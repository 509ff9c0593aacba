/** In the words of model servers: the prompt is longer than the context window, or leaves no room for an answer. */
export const CONTEXT_TOO_LONG = new RegExp([...english(), ...otherLanguages()].join('|'), 'i');

function english(): string[] {
  return [
    'context_too_(long|large)',
    'tokens_limit_reached',
    'prompt_too_long',
    // OpenAI, vLLM, Together, Moonshot, xAI
    'maximum (context|prompt|input|sequence) (length|tokens?|size)|max(imum)?[_ ]?(model|seq|input)[_ ]?len(gth)?|\\bn_ctx\\b',
    'maximum number of (input )?tokens allowed|exceeds? the maximum number of tokens',
    'exceeded model token limit',
    // Anthropic, llama.cpp, LM Studio, Ollama, sglang
    '(prompt|input|request|message)s? (is|are|was|were|has|have)? ?(too|very) (long|large)\\b',
    '(exceed|overflow|longer than|larger than|greater than|above|beyond|fit)[^.]{0,60}context(?! deadline)',
    'context(?! deadline)[^.]{0,60}(exceed|overflow|too (small|short)|is full)',
    'context (length|size|window) of only',
    '\\b(prompt|input|token|conversation)s?\\b[^.]{0,60}exceed[^.]{0,40}(max|limit|length)',
    '(prompt|input|(?<!_)tokens)\\b[^.]{0,40}\\b(above|over|beyond)\\b[^.]{0,20}(limit|max)|too much context',
    'context (limit|length|window|size)[^.]{0,20}reached|at least 1, got -\\d',
    'input length should be|expected maxLength',
    '\\b(length|tokens?) (is |are )?too (long|large|many)|string too long|body too large for',
    '\\b(prompt|input|messages?)\\b[^.]{0,40}\\btokens?\\b[^.]{0,40}(more|larger|greater|longer) than',
    'token limit (was |is |has been )?exceeded',
    // TGI, Mistral, Cohere
    '`?inputs`? (tokens \\+|must have less than)',
    'too large for model with',
    'too many (input )?tokens|max(imum)?( input| prompt)? tokens exceeded|prompt tokens[^.]{0,60} > ',
    '(input|prompt)( tokens)?[^.]{0,30} (no more than|at most) \\d+|(prompt|input)[^.]{0,40} not fit',
    '(prompt|input|message)[^.]{0,30} (is|was|are|were) too (long|large|big)\\b|shorten (the|your) (prompt|input|message|question|text)',
    '(payload|body)( size)?[^.]{0,20}(exceeds|too (large|big))',
    'reduce (the )?(length|size) of (the |your )?(messages|prompt|input|request)|reduce your (prompt|input)',
  ];
}

function otherLanguages(): string[] {
  return [
    '超长|过长|超过[^。]{0,12}(长度|上下文|token)|(长度|上下文|token)[^。]{0,12}(超出|超过)',
    'zu viele token|kontext[^.]{0,40}(überschritten|überschreitet|zu klein)|(eingabe|anfrage|nachricht|prompt)[^.]{0,30}zu (lang|groß)',
    'dépass[^.]{0,60}(contexte|jetons|tokens)|(message|entrée|requête|prompt)[^.]{0,30}trop longu?e?\\b',
    '(supera|excede|ultrapassa)[^.]{0,60}(contexto|tokens)|(mensaje|entrada|prompt)[^.]{0,30}demasiado larg[oa]',
    'muito long[oa]|troppo lung[oa]|supera[^.]{0,60}contesto',
    '(превыш|слишком)[^.]{0,60}(токен|контекст)|(токен|контекст|запрос)[^.]{0,40}(превыш|слишком (длин|больш))',
    '(コンテキスト|トークン|入力|プロンプト)[^。]{0,30}(超え|超過|長すぎ)',
    '(컨텍스트|토큰|입력)[^.]{0,30}(초과|너무)',
  ];
}
