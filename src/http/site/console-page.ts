import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AskError, notFound } from '../../domain/shared/errors.ts';
import type { Context } from '../kernel/lib/request-state.ts';
import { readOnce } from './read-once.ts';

/** The console as it was built: its page at `/`, and the files that the page names, which never change. */
export async function consolePage(ctx: Context & { params?: { asset?: string } }): Promise<void> {
  const asset = ctx.params?.asset;
  if (asset === undefined) return page(ctx);
  const [name, extension = ''] = /^[\w-]+\.(\w+)$/.exec(asset) ?? [];
  const type = TYPES.get(extension);
  const file =
    name === undefined || type === undefined ? null : await readOnce(built(`assets/${name}`)).catch(() => null);
  if (file === null || type === undefined) throw notFound('page', asset);
  ctx.type = type;
  ctx.body = file;
  ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
}

/** The build goes to the same place in the sources and in the image. */
const BUILT = new URL('../../clients/console/dist/', import.meta.url);

const TYPES = new Map([
  ['js', 'text/javascript'],
  ['css', 'text/css'],
  ['svg', 'image/svg+xml'],
]);

/** Loads nothing from other hosts, and runs nothing inline. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

async function page(ctx: Context): Promise<void> {
  // Read anew each time: it names other files after each build.
  const index = await readFile(built('index.html')).catch(() => null);
  if (index === null) throw new AskError('not_found', NOT_BUILT);
  ctx.type = 'text/html';
  ctx.body = index;
  ctx.set('Content-Security-Policy', POLICY);
  ctx.set('Cache-Control', 'no-cache');
}

const NOT_BUILT =
  'The console is not built: run `npm run console`, or `npm start`, which does. The API is there: see /docs.';

function built(file: string): string {
  return fileURLToPath(new URL(file, BUILT));
}
