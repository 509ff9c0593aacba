import { z } from 'zod';
import { ERROR_KINDS } from '../../../domain/shared/errors.ts';
import { STEP_STATUSES } from '../../../ports/ask/turn-timeline.ts';
import { timestamp } from '../../kernel/schemas/field-schemas.ts';
import { sessionId, turnId } from '../../kernel/schemas/id-schemas.ts';

const step = z.object({
  name: z.string(),
  summary: z.string(),
  kind: z.enum(['local', 'durable']).describe('Local steps appear when they have ended, durable ones when they start.'),
  started_at: timestamp,
  completed_at: timestamp.nullable(),
  waited_ms: z
    .int()
    .describe('From the start until the last attempt began: the wait for a worker and earlier attempts.'),
  attempts: z.int(),
  status: z.enum(STEP_STATUSES),
  failure: z
    .object({ kind: z.enum(ERROR_KINDS), reason: z.string().nullable() })
    .nullable()
    .describe('The last attempt that failed, also if a later one succeeded.'),
});

export const timeline = z
  .object({
    turn_id: turnId,
    session_id: sessionId,
    workflow_id: z.string(),
    run_id: z.string(),
    ui_url: z.url().nullable().describe('The run in the Temporal UI, if operators have configured one.'),
    steps: z.array(step),
  })
  .meta({ id: 'TurnTimeline' });
