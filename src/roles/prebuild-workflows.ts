import { dataConverterFor } from '../adapters/temporal/payloads/data-converter.ts';
import { workflowBundle, workflowInterceptors } from '../adapters/temporal/worker/workflow-bundle.ts';
import { loadConfig } from '../runtime/config.ts';

/** Bundles the workflows into an image, with and without payload encryption and traces: `node prebuild.js FOLDER`. */
const [, , folder = '.'] = process.argv;
const anyKey = `prebuild:${Buffer.alloc(32).toString('base64')}`;
const anywhere = 'http://localhost:4318';
for (const encrypted of [{}, { PAYLOAD_KEYS: anyKey }]) {
  for (const traced of [{}, { OTEL_EXPORTER_OTLP_ENDPOINT: anywhere }]) {
    const config = loadConfig({ ...encrypted, ...traced });
    const { codePath } = await workflowBundle(folder, dataConverterFor(config), workflowInterceptors(config));
    process.stdout.write(`${codePath}\n`);
  }
}
