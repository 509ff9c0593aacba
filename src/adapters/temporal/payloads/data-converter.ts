import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { Config } from '../../../runtime/config.ts';
import { payloadCodec } from './payload-codec.ts';

/** How every client and worker writes payloads: encrypted if PAYLOAD_KEYS is set, else in clear. */
export function dataConverterFor({ PAYLOAD_KEYS: keys }: Pick<Config, 'PAYLOAD_KEYS'>): DataConverter {
  const [current, ...older] = keys;
  if (current === undefined) return {};
  return { payloadCodecs: [payloadCodec([current, ...older])], failureConverterPath: failureConverterPath() };
}

/** The module with the failure converter, in the form in which this service runs. */
function failureConverterPath(): string {
  return fileURLToPath(new URL(`failure-converter${import.meta.url.slice(-3)}`, import.meta.url));
}
