import type { z } from 'zod';
import type { faultSchema } from '../../src/local/sandbox-models/faults.ts';

/** Orders a fault for the next requests to a model. */
export async function orderFault(sandboxUrl: string, fault: z.input<typeof faultSchema>): Promise<void> {
  const response = await fetch(`${sandboxUrl}/sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
  if (response.status !== 204) throw new Error(`the sandbox refused the fault: ${await response.text()}`);
}

export async function clearFaults(sandboxUrl: string): Promise<void> {
  await fetch(`${sandboxUrl}/sandbox/faults`, { method: 'DELETE' });
}
