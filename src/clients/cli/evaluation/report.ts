import type { Evaluation, Measure, Row } from './measure.ts';

/** An evaluation as people read it, in Markdown. */
export function reportMarkdown(evaluation: Evaluation, rows: readonly Row[]): string {
  const { set, provider, model, judge, questions, failed, content, citations, abstention, cost, latency_ms } =
    evaluation;
  const measures: [string, string][] = [
    ['right', percent(content.right)],
    ['partly right', percent(content.partly)],
    ['wrong', percent(content.wrong)],
    ['citations that show their statement', percent(citations.supported)],
    ['answers that cite a right moment, within 15 s', percent(citations.right_moment)],
    ['questions without an answer that were not answered', percent(abstention.right)],
    ['questions with an answer that were refused', percent(abstention.wrong)],
    ['tokens, in / out / cached', `${cost.input_tokens} / ${cost.output_tokens} / ${cost.cached_tokens}`],
    ['cost', number(cost.price, 4)],
    ['latency, median / p95', `${number(latency_ms.median, 0)} / ${number(latency_ms.p95, 0)} ms`],
  ];
  return [
    `# ${cell(set)}`,
    '',
    `${questions} questions to ${provider}${model === null ? '' : ` (${cell(model)})`}, judged by ${judge ?? 'nobody'}; ${failed} failed.`,
    '',
    '| measure | |',
    '| --- | --- |',
    ...measures.map(([name, value]) => `| ${name} | ${cell(value)} |`),
    '',
    '| question | verdict | grounding | ms | why |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(rowText),
    '',
  ].join('\n');
}

function rowText({ question, result, failure, latencyMs, judged }: Row): string {
  const verdict = 'verdict' in judged ? judged.verdict.content : 'not measured';
  const why = 'verdict' in judged ? judged.verdict.reason : judged.notMeasured;
  const status = result?.message.grounding?.status ?? failure ?? '';
  return `| ${cell(question.question)} | ${verdict} | ${status} | ${latencyMs} | ${cell(why)} |`;
}

function percent(measure: Measure): string {
  return typeof measure === 'number' ? `${(100 * measure).toFixed(0)} %` : `*not measured*: ${measure.not_measured}`;
}

function number(measure: Measure, digits: number): string {
  return typeof measure === 'number' ? measure.toFixed(digits) : `*not measured*: ${measure.not_measured}`;
}

/** Text that stays in its cell. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
