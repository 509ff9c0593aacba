import { setTimeout as sleep } from 'node:timers/promises';
import type { Registry } from 'prom-client';
import type { Dependency } from '../../ports/health.ts';
import type { Dependencies } from '../kernel/lib/dependencies.ts';
import type { PublicRoute } from '../kernel/lib/public-route.ts';
import { consolePage } from './console-page.ts';
import { docsPage } from './docs-page.ts';

/** What operators and their tools ask; nothing here tells of a project or its data. */
export function publicRoutes(
  deps: Pick<Dependencies, 'health' | 'providers' | 'describeSearch'>,
  register: Registry,
  openApi: () => object,
): readonly PublicRoute[] {
  const json = 'application/json';
  /** All responses share it, as they do the files of the site. */
  let document: Buffer | null = null;
  return [
    {
      method: 'GET',
      path: '/healthz',
      summary: 'Whether the process lives',
      produces: { 200: json },
      handler: async (ctx) => {
        ctx.body = { status: 'ok' };
      },
    },
    {
      method: 'GET',
      path: '/readyz',
      summary: 'Whether every dependency can be reached',
      produces: { 200: json, 503: json },
      handler: async (ctx) => {
        const [dependencies, answers, search] = await Promise.all([
          statesOf(deps.health),
          whoAnswers(deps.providers),
          whatSearches(deps.describeSearch),
        ]);
        const ready = Object.values(dependencies).every(({ status }) => status === 'ok');
        ctx.status = ready ? 200 : 503;
        ctx.body = { status: ready ? 'ok' : 'unavailable', dependencies, answers, search };
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      summary: 'Metrics for Prometheus',
      produces: { 200: 'text/plain' },
      handler: async (ctx) => {
        ctx.type = register.contentType;
        ctx.body = await register.metrics();
      },
    },
    {
      method: 'GET',
      path: '/openapi.json',
      summary: 'This document',
      produces: { 200: json },
      handler: async (ctx) => {
        ctx.type = json;
        document ??= Buffer.from(JSON.stringify(openApi()));
        ctx.body = document;
      },
    },
    {
      method: 'GET',
      path: '/docs{/:asset}',
      summary: 'Interactive reference',
      produces: { 200: 'text/html' },
      handler: docsPage,
    },
    {
      method: 'GET',
      path: '/{assets/:asset}',
      summary: 'The console',
      produces: { 200: 'text/html' },
      handler: consolePage,
    },
  ];
}

/** Names alone: models and windows are for those who have a key. null where it cannot be told. */
async function whoAnswers(directory: Dependencies['providers']) {
  const providers = await inTime(directory.list());
  return (
    providers && {
      default: providers.find(({ isDefault }) => isDefault)?.provider ?? null,
      providers: providers.map(({ provider }) => provider),
      sandbox: providers.some(({ sandbox }) => sandbox),
    }
  );
}

/** Whether searches go by meaning. null where it cannot be told. */
async function whatSearches(describe: Dependencies['describeSearch']) {
  const search = await inTime(describe(null));
  return search && { index: search.index, hashed_words: search.hashedWords };
}

const CHECK_MS = 1500;

/** null where the work fails or takes too long. */
function inTime<T>(work: Promise<T>): Promise<T | null> {
  return Promise.race([work.catch(() => null), sleep(CHECK_MS, null, { ref: false })]);
}

async function statesOf(health: readonly Dependency[]) {
  const states = await Promise.all(
    health.map(
      async (dependency) => [dependency.name, { status: (await passes(dependency)) ? 'ok' : 'unavailable' }] as const,
    ),
  );
  return Object.fromEntries(states);
}

/** Whether the check passes in time. Why it does not is for the logs of whoever uses the dependency. */
async function passes(dependency: Dependency): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, CHECK_MS, false);
  const passed = dependency.check().then(
    () => true,
    () => false,
  );
  return Promise.race([passed, late]).finally(() => clearTimeout(timer));
}
