import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { createLanguageModels } from '../../../adapters/models/registry.ts';
import { PROVIDERS, type Provider } from '../../../domain/shared/provider.ts';
import { endUserId } from '../../../http/kernel/schemas/id-schemas.ts';
import { type Config, configuredProviders, loadConfig } from '../../../runtime/config.ts';
import type { ApiClient } from '../../sdk/api-client.ts';
import { createCheckedClient } from '../../sdk/checked-client.ts';
import { findApi } from '../lib/find-service.ts';
import { parseWith } from '../lib/options.ts';
import { note, print, printJson } from '../lib/output.ts';
import { askSet, recordingIds } from './ask-set.ts';
import { createJudge, type Judged } from './judge.ts';
import { measureRows, type Row } from './measure.ts';
import { DEMO_SET, readQuestionSet } from './question-set.ts';
import { reportMarkdown } from './report.ts';

interface EvalOptions {
  set: string;
  provider: Provider;
  judge?: Provider;
  endUser?: string;
  key?: string;
  report?: string;
  json?: true;
}

/** `ask eval`: asks a running instance a set of questions, and judges the answers with a real model. */
export function evalCommand(): Command {
  return new Command('eval')
    .description('ask a set of questions, and judge content, citations, abstention, cost and latency')
    .option('--set <file>', 'the question set (default: one about the sample recordings)', DEMO_SET)
    .addOption(new Option('--provider <name>', 'the model that answers').choices(PROVIDERS).makeOptionMandatory())
    .addOption(new Option('--judge <name>', 'the model that judges, by its key in this environment').choices(PROVIDERS))
    .option('--end-user <id>', 'whose library (default: the demo end user)', parseWith(endUserId))
    .option('--key <key>', 'API key (default: ASK_API_KEY, or the demo key)')
    .option('--report <name>', 'write NAME.md and NAME.json')
    .option('--json', 'print one JSON object')
    .action(evaluate);
}

async function evaluate(options: EvalOptions): Promise<void> {
  const config = loadConfig();
  const set = await readQuestionSet(options.set);
  const api = await findApi(config, options.key);
  const client = createCheckedClient(api);
  const owner = options.endUser ?? api.endUserId ?? null;
  const judge = await judgeFor(client, config, options);
  const rows: Row[] = [];
  const { provider } = options;
  const asked = await askSet(client, set, {
    endUserId: owner,
    provider,
    onAsked: ({ question, latencyMs }) => note(`asked ${question.id} (${latencyMs} ms)`),
  });
  for (const each of asked) rows.push({ ...each, judged: await judge(each) });
  const evaluation = measureRows(rows, {
    set: set.name,
    provider,
    judge: options.judge ?? null,
    recordings: await recordingIds(client, owner),
    prices: config.MODEL_PRICES,
  });
  const report = { ...evaluation, answers: rows.map(answerOf) };
  const markdown = reportMarkdown(evaluation, rows);
  if (options.report !== undefined) {
    await writeFile(`${options.report}.md`, markdown);
    await writeFile(`${options.report}.json`, `${JSON.stringify(report, null, 2)}\n`);
  }
  if (options.json) printJson(report);
  else print(markdown);
}

/** Judges by a real model, or says why nothing is judged: a sandbox's answers say nothing about a model's. */
async function judgeFor(
  client: ApiClient,
  config: Config,
  { provider, judge }: EvalOptions,
): Promise<(asked: Parameters<Awaited<ReturnType<typeof createJudge>>>[0]) => Promise<Judged>> {
  const { data } = await client.providers();
  const answering = data.find((each) => each.provider === provider);
  const notMeasured = (why: string) => async () => ({ notMeasured: why });
  if (answering?.sandbox) return notMeasured(`${provider} is a sandbox model at this instance, because it has no key`);
  if (judge === undefined) return notMeasured('no judge was named; name one with --judge');
  if (!configuredProviders(config).includes(judge))
    return notMeasured(`there is no key of ${judge} in this environment`);
  return createJudge(createLanguageModels({ ...config, DEFAULT_PROVIDER: judge }).get(judge));
}

function answerOf({ question, result, failure, latencyMs, judged }: Row) {
  return {
    id: question.id,
    question: question.question,
    answer: result?.message.content ?? null,
    grounding: result?.message.grounding?.status ?? null,
    failure,
    latency_ms: latencyMs,
    ...('verdict' in judged ? { verdict: judged.verdict } : { not_measured: judged.notMeasured }),
  };
}
