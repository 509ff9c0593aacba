import type { ClientOptions } from 'openai';
import type { ModelSettings } from '../lib/model-settings.ts';

/**
 * Where and as whom requests go. A query of the base URL, such as Azure's `?api-version=…`, goes with each request. Azure
 * takes its key in `api-key`, and a bearer token is something else there.
 */
export function addressOf({ apiKey, baseUrl, headers = {} }: ModelSettings): ClientOptions {
  const url = baseUrl === undefined ? null : new URL(baseUrl);
  const keyed = url !== null && isAzure(url) ? { 'api-key': apiKey, ...headers } : headers;
  const names = Object.keys(keyed).map((name) => name.toLowerCase());
  const takesNoToken = names.includes('api-key') && !names.includes('authorization');
  return {
    apiKey,
    baseURL: url === null ? undefined : `${url.origin}${url.pathname}`.replace(/\/+$/, ''),
    defaultQuery: url === null ? undefined : Object.fromEntries(url.searchParams),
    defaultHeaders: takesNoToken ? { ...keyed, authorization: null } : keyed,
  };
}

function isAzure({ hostname, searchParams }: URL): boolean {
  return /\.azure\.(com|us|cn)$|\.azure-api\.net$/.test(hostname) || searchParams.has('api-version');
}
