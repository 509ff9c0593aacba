import type { ModelServerError } from './failures/model-server-error.ts';

/** The dialect without what the server refuses; null where its refusal names nothing that can be changed. */
export type AdaptDialect<D> = (dialect: D, refusal: ModelServerError) => D | null;

/** What is known of how a server wants its requests: by settings, or from its refusals, for as long as the process lives. */
export function createDialects<D extends object>(first: D, adaptDialect: AdaptDialect<D>) {
  let known = first;
  return {
    begin() {
      let now = known;
      const tried = new Set([JSON.stringify(now)]);
      return {
        dialect: () => now,
        adapt(refusal: ModelServerError): boolean {
          const mayAdapt = refusal.reason === 'bad_request' || refusal.reason === 'server_error';
          const next = mayAdapt ? adaptDialect(now, refusal) : null;
          if (next === null || tried.has(JSON.stringify(next))) return false;
          tried.add(JSON.stringify(next));
          now = next;
          return true;
        },
        accepted(): void {
          known = now;
        },
      };
    },
  };
}
