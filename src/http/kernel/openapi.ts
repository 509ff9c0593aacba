import { z } from 'zod';
import { ERROR_TABLE } from './lib/error-table.ts';
import type { PublicRoute } from './lib/public-route.ts';
import type { Route } from './lib/route.ts';
import { errorBody } from './schemas/error-schemas.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of the table, out of the same schemas that validate requests. */
export function openApiDocument(routes: readonly Route[], publicRoutes: readonly PublicRoute[]): Json {
  const components = new Components();
  const error = components.refer(errorBody, 'output');
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = templateOf(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, components, error) };
  }
  for (const route of publicRoutes) {
    paths[route.path.replace(/\{.*\}$/, '')] = { get: publicOperation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Ask API', version: '1.0.0', description: DESCRIPTION },
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key: `sk_…` or `rk_…`.' } },
    },
  };
}

const DESCRIPTION = [
  'Ask questions over recorded conversations.',
  `Errors have the form \`{"error": {"code", "message", "details"}}\`, with these codes by status: ${errorCodes()}.`,
  'A POST with an `Idempotency-Key` can be repeated safely for 24 hours.',
].join('\n\n');

function errorCodes(): string {
  return [...new Set(Object.values(ERROR_TABLE).map(({ status, code }) => `${status} \`${code}\``))].join(', ');
}

function operation(route: Route, components: Components, error: Json): Json {
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    description: `Scope of a restricted key: \`${route.scope}\`.`,
    security: [{ key: [] }],
    parameters: [...parametersOf(route, components)],
    ...requestBody(route, components),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.responses).map(([s, schema]) => [
          s,
          success(schema, route.media?.[Number(s)], components),
        ]),
      ),
      default: { description: 'An error', ...jsonContent(error) },
    },
  };
}

function parametersOf({ method, input }: Route, components: Components): Json[] {
  const headers = method === 'POST' ? [headerParameter('Idempotency-Key', 255)] : [];
  return [
    ...objectParameters(input.params, 'path', components),
    ...objectParameters(input.query, 'query', components),
    ...headers,
  ];
}

function objectParameters(schema: z.ZodType | undefined, place: string, components: Components): Json[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !field.safeParse(undefined).success,
    schema: components.refer(field, 'input'),
  }));
}

function headerParameter(name: string, maxLength: number): Json {
  return { name, in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength } };
}

function requestBody({ input, textBody }: Route, components: Components): Json {
  if (input.body === undefined) return {};
  const schemas = textBody?.schemas ?? { 'application/json': input.body };
  const content = Object.entries(schemas).map(([type, s]) => [type, { schema: components.refer(s, 'input') }]);
  return { requestBody: { required: !input.body.safeParse(undefined).success, content: Object.fromEntries(content) } };
}

function success(schema: z.ZodType, media: Record<string, z.ZodType> | undefined, components: Components): Json {
  if (schema instanceof z.ZodUndefined) return { description: 'Done' };
  const contents = Object.entries(media ?? { 'application/json': schema });
  const content = contents.map(([type, each]) => [type, { schema: components.refer(each, 'output') }]);
  return { description: 'Success', content: Object.fromEntries(content) };
}

function publicOperation({ summary, produces }: PublicRoute): Json {
  const responses = Object.entries(produces).map(([status, type]) => [
    status,
    { description: summary, content: { [type]: { schema: {} } } },
  ]);
  return { tags: ['Operations'], summary, responses: Object.fromEntries(responses) };
}

function jsonContent(schema: Json): Json {
  return { content: { 'application/json': { schema } } };
}

function templateOf(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

/** Collects the schemas that have a name, so that each stands once. */
class Components {
  readonly schemas: Record<string, unknown> = {};

  refer(schema: z.ZodType, io: 'input' | 'output'): Json {
    const { $schema: _, $defs, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
    Object.assign(this.schemas, atHome($defs ?? {}));
    return atHome(json);
  }
}

/** Named schemas stand under `components` in this document. */
function atHome(json: object): Json {
  return z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/')));
}
