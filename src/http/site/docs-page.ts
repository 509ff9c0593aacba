import { createRequire } from 'node:module';
import { notFound } from '../../domain/shared/errors.ts';
import type { Context } from '../kernel/lib/request-state.ts';
import { readOnce } from './read-once.ts';

/** The interactive reference: Swagger UI out of node_modules, so that it works without any other host. */
export async function docsPage(ctx: Context & { params?: { asset?: string } }): Promise<void> {
  const asset = ctx.params?.asset;
  if (asset === undefined) return page(ctx);
  if (asset === 'start.js') return send(ctx, 'text/javascript', START);
  const type = ASSETS.get(asset);
  if (type === undefined) throw notFound('page', asset);
  send(ctx, type, await readOnce(require.resolve(`swagger-ui-dist/${asset}`)));
  ctx.set('Cache-Control', 'public, max-age=3600');
}

const require = createRequire(import.meta.url);

const ASSETS = new Map([
  ['swagger-ui.css', 'text/css'],
  ['swagger-ui-bundle.js', 'text/javascript'],
  ['favicon-32x32.png', 'image/png'],
]);

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ask API reference</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="reference"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true, persistAuthorization: false });\n`;

function page(ctx: Context): void {
  // Swagger UI sets styles on its elements and shows inline icons; it needs no script but its own.
  ctx.set(
    'Content-Security-Policy',
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  send(ctx, 'text/html', PAGE);
}

function send(ctx: Context, type: string, body: string | Buffer): void {
  ctx.type = type;
  ctx.body = body;
}
