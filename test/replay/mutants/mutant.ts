import type { SessionScope } from '../../../src/domain/ask/scope.ts';

/** A small change of workflow code that a replay must notice. */
export interface Mutant {
  name: string;
  kind:
    | 'order'
    | 'drop'
    | 'double'
    | 'local or durable'
    | 'timer'
    | 'search attribute'
    | 'carries'
    | 'await'
    | 'branch';
  /** From the top of the repository. */
  file: string;
  /** Exact texts, each found once in the file, and what stands there instead. */
  edits: readonly (readonly [find: string, replace: string])[];
  /** Scenarios of this release, each of which must notice it. */
  caughtBy: readonly string[];
}

/** A session's scenario in these scopes; in all of them, where none is given. */
export function over(scenario: string, ...scopes: readonly SessionScope['type'][]): string[] {
  const all = scopes.length > 0 ? scopes : (['recording', 'library', 'selected'] as const);
  return all.map((scope) => `${scope}-${scenario}`);
}
