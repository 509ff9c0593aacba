import type { FileRequest } from '../../../sdk/transport.ts';

/** Sends a file and tells how much of it is sent, from 0 to 1. `fetch` cannot tell. Rejects where nobody answers. */
export function sendFile(path: string, { method, headers, body, onSent }: FileRequest): Promise<Response> {
  const request = new XMLHttpRequest();
  request.open(method, path);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.upload.addEventListener('progress', ({ loaded, total }) => onSent(loaded / total));
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  request.addEventListener('load', () => resolve(responseOf(request)));
  request.addEventListener('error', () => reject(new Error('no answer')));
  request.send(body);
  return promise;
}

function responseOf(request: XMLHttpRequest): Response {
  const retryAfter = request.getResponseHeader('Retry-After');
  return new Response(request.responseText, {
    status: request.status,
    ...(retryAfter !== null && { headers: { 'Retry-After': retryAfter } }),
  });
}
