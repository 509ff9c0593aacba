import { defaultPayloadConverter, type Headers } from '@temporalio/common';

/** What log lines tell of a turn: ids only. */
export interface TurnFacts {
  turn_id: string;
  /** The id of the request that asked. */
  request_id: string;
}

/** The header of an activity that tells for which turn it runs. Inputs stay as they are, and replay does not compare headers. */
const HEADER = 'ask-turn';

export function withTurnHeader(headers: Headers, facts: TurnFacts): Headers {
  return { ...headers, [HEADER]: defaultPayloadConverter.toPayload(facts) };
}

/** The project that an input of a workflow or an activity names; nothing where it names none. */
export function projectOf(input: unknown): { project_id?: string } {
  if (typeof input !== 'object' || input === null || !('tenant' in input)) return {};
  const { tenant } = input;
  if (typeof tenant !== 'object' || tenant === null || !('projectId' in tenant)) return {};
  return typeof tenant.projectId === 'string' ? { project_id: tenant.projectId } : {};
}

/** null for an activity that runs for no turn. */
export function turnFactsOf(headers: Headers): TurnFacts | null {
  const payload = headers[HEADER];
  return payload === undefined ? null : defaultPayloadConverter.fromPayload<TurnFacts>(payload);
}
