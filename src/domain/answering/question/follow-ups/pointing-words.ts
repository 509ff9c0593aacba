import type { TALK_WORDS } from './talk-words.ts';

type Known = keyof typeof TALK_WORDS;

/** Openings that go on from what was said before. */
export const OPENINGS: Record<Known, RegExp> = {
  en: /^\s*(?:(?:ok|okay|yes|no|right|hm+|well|sorry),?\s+)?(?:and|but|so|or|also|then|plus|besides|except|how come|what about|how about|what else|who else|where else|anything else|anyone else|any other|in that case|if so|if not|apart from that|other than that|what if)\b/iu,
  de: /^\s*(?:(?:ok|okay|ja|nein|gut|hm+),?\s+)?(?:und|aber|oder|also|dann|außerdem|was ist mit|was war mit|wie steht es (?:mit|um)|wie sieht es (?:mit|bei)|wie war es mit|was noch|wer noch|wer sonst|was sonst|sonst noch|noch etwas|wenn ja|wenn nicht|in dem fall)(?!\p{L})/iu,
  fr: /^\s*(?:(?:ok|oui|non|bon|d'accord),?\s+)?(?:et|mais|ou|donc|alors|sinon|aussi|en plus|qu['’]en est-il|quid|qui d['’]autre|quoi d['’]autre|autre chose|dans ce cas|si oui|à part (?:ça|cela))(?!\p{L})/iu,
  es: /^\s*(?:(?:ok|vale|sí|no|bueno),?\s+)?¿?\s*(?:y|pero|o|entonces|además|aparte de eso|qué (?:hay|pasa|pasó) (?:de|con)|qué tal|qué más|quién más|quiénes más|algo más|en ese caso|si es así)(?!\p{L})/iu,
};

const NO_TIME_EN =
  '(?!\\s+(?:weeks?|months?|years?|mornings?|afternoons?|evenings?|quarter|spring|summer|autumn|fall|winter|meetings?|recordings?|calls?|sessions?|library|(?:\\p{L}+ )?(?:meetings?|recordings?|calls?))(?!\\p{L}))';
/** Words before a `that` that points back; behind another word it may begin a clause. */
const BEFORE_THAT =
  'with|about|of|for|from|on|to|in|by|than|after|before|like|at|against|into|over|behind|around|under|is|was|were|are|did|does|do|would|will|could|should|can|has|have|had|why|how|when|where|what|and|but|all|exactly|just';

/** Words that can only mean something said before the question. */
export const POINTING: Record<Known, readonly RegExp[]> = {
  en: [
    new RegExp(`(?<!\\p{L})(?:${BEFORE_THAT})\\s+that${NO_TIME_EN}(?![\\p{L}’'])`, 'iu'),
    // "Who said that?", "Did he mean that when he spoke?"
    /(?<!\p{L})that(?=\s*(?:[?.,;!:]|$|\s(?:when|if|because|before|after|then|again|exactly|either|too|and|or)\b))/iu,
    /^\s*(?:is|was|does|did|would|will|can|could|isn['’]t|wasn['’]t)?\s*that['’]?s?\s+(?:\p{L}+)/iu,
    new RegExp(`(?<!\\p{L})this${NO_TIME_EN}(?!\\p{L})`, 'iu'),
    new RegExp(`(?<!\\p{L})(?:these|those)(?!\\s+who\\b)${NO_TIME_EN}(?!\\p{L})`, 'iu'),
    /(?<!\p{L})(?:the same|the former|the latter|the other (?:one|ones|option|options|idea|proposal)|such an? \p{L}+|instead|thereof)(?!\p{L})/iu,
  ],
  de: [
    /(?<!\p{L})das(?!\s+(?:\p{Lu}|\p{Ll}+(?:e|en|er|es|ste|sten)\s+\p{Lu}))(?!\p{L})/u,
    /(?<!\p{L})(?:dies|dieser|diese|dieses|diesem|diesen)(?!\s+(?:Woche|Monat|Jahr|Morgen|Besprechung|Sitzung|Treffen|Aufnahme|Aufnahmen|Besprechungen))(?!\p{L})/u,
    /(?<!\p{L})(?:daran|darauf|darüber|davon|dafür|dagegen|dazu|dabei|darin|daraus|dadurch|danach|davor|deswegen|deshalb|letzteres|ersteres|dasselbe|derselbe|dieselbe|stattdessen|dessen)(?!\p{L})/iu,
  ],
  fr: [
    /(?<!\p{L})(?:ça|cela|ceci|celui-ci|celui-là|celle-ci|celle-là|là-dessus|c['’]était|c['’]est (?:qui|quoi|vrai|sûr|ça)|ces derniers|cette dernière)(?!\p{L})/iu,
    /(?<!\p{L})(?:l['’](?:a|ont|avait|avaient|ai|as))(?!\p{L})/iu,
    /(?<!\p{L})(?:cet|cette|ces|ce)\s+(?!semaine|mois|matin|soir|année|réunion|réunions|enregistrement|appel|trimestre|sont|sera|que|qui|dont|qu)\p{L}{3,}/iu,
  ],
  es: [
    /(?<!\p{L})(?:eso|esto|aquello|lo mismo|en su lugar|al respecto)(?!\p{L})/iu,
    /(?<!\p{L})(?:ese|esa|esos|esas|este|esta|estos|estas)\s+(?!semana|mes|año|mañana|tarde|reunión|reuniones|llamada|grabación|trimestre)\p{L}{3,}/iu,
    /(?<!\p{L})\p{L}{2,}(?:ar|er|ir|ándo|iéndo)l[oa]s?(?!\p{L})/iu,
    /(?<!\p{L})lo\s+(?!que\b|más\b|menos\b|mejor\b|peor\b|de\b|del\b)\p{L}+/iu,
  ],
};

/** Pronouns that may stand for something said in the question itself. */
export const PRONOUNS: Record<Known, RegExp> = {
  en: /(?<!\p{L})(?:it|its|he|him|his|she|her|hers)(?!\p{L})/giu,
  de: /(?<!\p{L})(?:es|er|ihn|ihm|seine[mnrs]?|deren)(?!\p{L})/giu,
  fr: /(?<!\p{L})(?:lui|y|en a|en ont|celui|celle)(?!\p{L})/giu,
  es: /(?<!\p{L})(?:ello|él|ella)(?!\p{L})/giu,
};

/** "How long does it take to …", "Is it true that …": this `it` stands for nothing. */
export const EMPTY_PRONOUNS: Record<Known, RegExp> = {
  en: /(?<!\p{L})it\s+(?:(?:is|was|be|would be|will be|takes?|took|seems?|costs?|makes? sense|possible|important|necessary|true|worth|okay|clear|likely|difficult|hard|easy|better|best)\s+)*(?:\p{L}+\s+){0,2}(?:that|to|for|if|whether)(?!\p{L}|\s*[?.!])/giu,
  de: /(?<!\p{L})(?:gibt es|gab es|geht es|ging es|es gibt|es gab|es geht|es ging|ist es|war es)(?!\p{L})/giu,
  fr: /(?<!\p{L})(?:il y a|y a-t-il|y avait-il|il y avait|il y en)(?!\p{L})/giu,
  es: /(?!)/gu,
};
