/** Nouns that begin a sentence about a talk without an article. With a capital they are no names. */
const NOUNS = `
access admission advice air approval arrival art attendance battery beer boarding breakfast budget budgets business capacity
capital cash catering chaos charging check churn class cleaning closing clothing coffee colour color competition compliance
consensus consent content costs coverage crowds customers data deadline deadlines debt delivery demand departure depth design
dinner discipline distance doors downtime drink dust education energy entry equipment everybody exercise failure fees feedback
finance fitness food fraud freight fuel funding fuel furniture gas growth half health heat heating height help hiring housing
income inflation input insurance interest inventory kids labour leave legal length light lighting loading luck luggage lunch
machines maintenance management margin margins marketing material media memory midnight money morale motion music noise noon
office offices operation operations oil orders output overtime ownership packaging paper parents parking pay payroll people
performance permission postage poverty power practice pressure price prices privacy procurement production profit profits
progress proof property protection public quality rain reach recruiting recycling registration rent rents research response
revenue revenues risk rules safety sales savings school security seed service shift shipping sickness signing size sleep snow
software sound space speed spending spirit staff stock storage storm stress students support teachers teams tax taxes tea
technology temperature tests text tickets time timing tools trade traffic training transit transport travel trust turnover
uptime usage users value video visitors volume voting wages waste water wealth weather weight wind women work workers youth
`;

const KNOWN = new Set(NOUNS.trim().split(/\s+/));

/** Whether a word, in lower case, is a common noun that may begin a sentence by itself. */
export function isCommonNoun(word: string): boolean {
  return KNOWN.has(word);
}
