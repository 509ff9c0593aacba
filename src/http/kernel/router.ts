import Router from '@koa/router';
import { AskError } from '../../domain/shared/errors.ts';
import type { Dependencies } from './lib/dependencies.ts';
import type { PublicRoute } from './lib/public-route.ts';
import type { Context, Next, RequestState } from './lib/request-state.ts';
import type { Route } from './lib/route.ts';
import { pipeline } from './pipeline.ts';
import { cutSilentReader } from './streams/cut-silent-reader.ts';
import { createOpenSlots } from './streams/open-slots.ts';
import { createRequestTurns } from './streams/request-turns.ts';

/** Large imports of one project that may arrive, wait or be read at once; each takes up to 64 MiB of the disk. */
const LARGE_BODIES_PER_PROJECT = 4;
/** Transcripts and exports that one key may read at once from one process; each holds a page, up to a megabyte. */
const DOWNLOADS_PER_KEY = 10;
/** Imports and deletions of one project that may wait for their turn; each holds a connection. */
const RUNS_PER_PROJECT = 50;

export function createRouter(routes: readonly Route[], publicRoutes: readonly PublicRoute[], deps: Dependencies) {
  const router = new Router<RequestState>({ sensitive: true, strict: true });
  for (const { method, path, handler } of publicRoutes)
    router.register(path, [method], [rememberRoute(path), cutSilentReaders, handler]);
  const slots = createOpenSlots({
    events: deps.settings.maxStreamsPerKey,
    download: DOWNLOADS_PER_KEY,
    body: LARGE_BODIES_PER_PROJECT,
    run: RUNS_PER_PROJECT,
  });
  const turns = createRequestTurns();
  for (const route of routes) {
    router.register(route.path, [route.method], [rememberRoute(route.path), pipeline(route, deps, { slots, turns })]);
  }
  return router;
}

/** Answers a request that no route took: a known path with another method, or an unknown path. */
export function rejectUnmatched(router: Router<RequestState>) {
  return async (ctx: Context): Promise<void> => {
    const layers = router.match(ctx.path, ctx.method).path;
    // `/v1/recordings/search` is not the recording "search".
    const exact = layers.filter((layer) => layer.path === ctx.path);
    const methods = (exact.length > 0 ? exact : layers).flatMap((layer) => layer.methods);
    if (methods.length === 0) throw new AskError('not_found', 'There is no such path. See /docs for what there is.');
    const allowed = [...new Set(methods)].sort().join(', ');
    ctx.set('Allow', allowed);
    throw new AskError('method_not_allowed', `This path takes ${allowed}, not ${ctx.method}.`);
  };
}

async function cutSilentReaders(ctx: Context, next: Next): Promise<void> {
  await next();
  cutSilentReader(ctx.res);
}

/** Gives the route to logs and metrics. */
function rememberRoute(path: string) {
  return async (ctx: Context, next: Next): Promise<void> => {
    ctx.state.route = path;
    await next();
  };
}
