import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { LIBRARY_STEP } from './policies.ts';

const { removeExpired } = proxyActivities<Activities>(LIBRARY_STEP);

/** Started by the schedule of `src/temporal/maintenance.ts`. */
export async function maintain(): Promise<void> {
  await removeExpired();
}
