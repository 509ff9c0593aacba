/** What a handler answers; the status is a literal, so that the table can tie each status to the schema of its body. */
export interface Reply<Status extends number, Body> {
  status: Status;
  body: Body;
  headers?: Record<string, string>;
  /** Whether an earlier request with the same `Idempotency-Key` had this outcome. */
  replayed?: boolean;
}

export const ok = <B>(body: B): Reply<200, B> => ({ status: 200, body });
export const created = <B>(body: B): Reply<201, B> => ({ status: 201, body });
export const accepted = <B>(body: B): Reply<202, B> => ({ status: 202, body });
export const noContent = (): Reply<204, undefined> => ({ status: 204, body: undefined });
