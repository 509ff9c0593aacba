import { loadConfig } from '../config.ts';
import { dataConverterFor } from './data-converter.ts';
import { workflowBundle } from './workflow-bundle.ts';

/** Bundles the workflows into an image, with and without payload encryption: `node prebuild.js FOLDER`. */
const [, , folder = '.'] = process.argv;
const anyKey = `prebuild:${Buffer.alloc(32).toString('base64')}`;
for (const environment of [{}, { PAYLOAD_KEYS: anyKey }]) {
  const { codePath } = await workflowBundle(folder, dataConverterFor(loadConfig(environment)));
  process.stdout.write(`${codePath}\n`);
}
