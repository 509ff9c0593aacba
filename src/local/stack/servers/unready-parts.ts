import { z } from 'zod';

const readiness = z.object({ dependencies: z.record(z.string(), z.object({ status: z.string() })) });

/** What to look at while a dependency is away. */
const CHECKS: Record<string, string> = {
  mongodb: 'check MONGODB_URI',
  temporal: 'check TEMPORAL_ADDRESS',
  pinecone: 'check PINECONE_API_KEY, PINECONE_INDEX_HOST and PINECONE_SPARSE_INDEX_HOST',
};

/** What an API that is not ready waits for, in words. @param said the body of its `/readyz` */
export function describeUnready(said: unknown): string {
  const { dependencies = {} } = readiness.safeParse(said).data ?? {};
  const away = Object.keys(dependencies).filter((name) => dependencies[name]?.status !== 'ok');
  return away.map((name) => `${name} does not answer (${CHECKS[name] ?? '`npx ask doctor` says more'})`).join('; ');
}
