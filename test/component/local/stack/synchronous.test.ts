import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongoService, temporalService } from '../../../../src/local/stack/servers/services.ts';
import { prepare, stateDirectory } from '../../../../src/local/stack/state/state-directory.ts';
import { loadConfig } from '../../../../src/runtime/config.ts';

const ports = { api: 1, temporal: 2, temporalUi: 3, temporalMetrics: 4, mongodb: 5, sandbox: 6 };

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ask-synchronous-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** How each embedded server is told to keep what it acknowledges. */
async function argumentsOf(
  settings: Record<string, string>,
): Promise<Record<'temporal' | 'ferretdb', readonly string[]>> {
  const [config, state] = [loadConfig(settings), stateDirectory(directory)];
  await prepare(state);
  const temporal = await temporalService(config, state, ports, 'temporal');
  const ferretdb = await mongoService(config, state, ports, { engine: 'ferretdb', executable: 'ferretdb' });
  return { temporal: temporal.args, ferretdb: ferretdb.args };
}

test('what was acknowledged survives a power loss, unless the operator says otherwise for both servers', async () => {
  const full = await argumentsOf({});
  expect(full.temporal).toContain('synchronous=FULL');
  expect(full.ferretdb.slice(-2)).toEqual(['-synchronous', 'FULL']);
  const normal = await argumentsOf({ SQLITE_SYNCHRONOUS: 'NORMAL' });
  expect(normal.temporal).toContain('synchronous=NORMAL');
  expect(normal.ferretdb.slice(-2)).toEqual(['-synchronous', 'NORMAL']);
});
