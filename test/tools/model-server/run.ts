import { parseArgs, styleText } from 'node:util';
import { createLanguageModels } from '../../../src/adapters/models/registry.ts';
import { AskError } from '../../../src/domain/shared/errors.ts';
import { PROVIDERS, type Provider } from '../../../src/domain/shared/provider.ts';
import { SETTINGS_PREFIX } from '../../../src/domain/shared/provider-failures.ts';
import { loadConfig } from '../../../src/runtime/config.ts';
import { CHECKS } from './checks.ts';

/**
 * The contract of an adapter against any model server:
 * `npm run test:model-server -- --base-url http://localhost:8080/v1 [--model NAME] [--key KEY] [--protocol openai]`.
 */
const { values } = parseArgs({
  options: {
    'base-url': { type: 'string' },
    model: { type: 'string' },
    key: { type: 'string' },
    protocol: { type: 'string', default: 'openai' },
  },
});
const protocol = PROVIDERS.find((provider) => provider === values.protocol);
if (values['base-url'] === undefined || protocol === undefined) {
  throw new Error(`usage: --base-url URL [--model NAME] [--key KEY] [--protocol ${PROVIDERS.join('|')}]`);
}

const modelNamed = (name: string | undefined) => {
  const prefix = SETTINGS_PREFIX[protocol];
  const settings = {
    ...process.env,
    [`${prefix}_BASE_URL`]: values['base-url'],
    ...(values.key !== undefined && { [`${prefix}_API_KEY`]: values.key }),
    ...(name !== undefined && { [`${prefix}_MODEL`]: name }),
  };
  const log = (entry: object) => say('      ', JSON.stringify(entry));
  return createLanguageModels(loadConfig(settings), { log, holdsFirstStream: false }).get(protocol satisfies Provider);
};

let failed = 0;
for (const { name, run } of CHECKS) {
  try {
    say(styleText('green', 'pass  '), `${name}: ${await run(modelNamed, values.model)}`);
  } catch (error) {
    failed += 1;
    const reason =
      error instanceof AskError ? `${error.details?.reason ?? error.kind}. ${error.message}` : String(error);
    say(styleText('red', 'FAIL  '), `${name}: ${reason}`);
  }
}
process.exitCode = failed > 0 ? 1 : 0;

function say(mark: string, line: string): void {
  process.stdout.write(`${mark}${line}\n`);
}
