import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { anAskableRecording } from '../../support/builders.ts';
import { type Service, startService } from '../../support/service.ts';

/**
 * Schemathesis reads the OpenAPI document and sends what it allows, and what it forbids, to the running service: no
 * request may break the service, and no answer may break the document. The seed is fixed, so that a run can be repeated.
 */
const VERSION = '4.32.5';
const VENV = join(tmpdir(), `ask-schemathesis-${VERSION}`);
const RUN_MS = 240_000;
const CHECKS = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance';

let service: Service;
let directory: string;
let missing: string | null;
beforeAll(async () => {
  missing = await install();
  if (missing !== null) return;
  directory = await mkdtemp(join(tmpdir(), 'ask-fuzz-'));
  service = await startService();
}, 300_000);
afterAll(async () => {
  await service?.stop();
  if (directory !== undefined) await rm(directory, { recursive: true, force: true });
});

test.each([
  ['on things that are there', true],
  ['on things that nobody has', false],
])(
  'no request breaks the service or its document, %s',
  async (_what, real) => {
    if (missing !== null) return process.stderr.write(`Fuzzing is left out: ${missing}\n`);
    const client = await service.client();
    const { endUser, recording, transcription } = await anAskableRecording(client);
    const scope = { type: 'recording', recording_id: recording.id };
    const asked = { scope, initial_message: { content: 'When is the launch?' } };
    const { body } = await client.post('/v1/ask/sessions', asked, { prefer: 'respond-async' });
    const ids = {
      session_id: body.session_id,
      turn_id: body.turn_id,
      end_user_id: endUser.id,
      recording_id: recording.id,
      transcription_id: transcription.id,
    };
    const config = join(directory, `${real}.toml`);
    await writeFile(config, real ? parametersOf(ids) : '');
    const { code, output } = await run(join(VENV, 'bin', 'st'), [
      ...[
        '--config-file',
        config,
        'run',
        `${service.url}/openapi.json`,
        '--header',
        `Authorization: Bearer ${client.secret}`,
      ],
      ...['--phases', real ? 'examples,coverage,fuzzing' : 'coverage', '--mode', 'all', '--checks', CHECKS],
      ...['--include-path-regex', '^/v1/', '--seed', '1', '--max-examples', '15', '--workers', '1', '--no-color'],
      ...(real ? ['--exclude-method', 'DELETE'] : []),
    ]);
    // Its output says which request to repeat.
    expect(code === 0 ? 'nothing found' : output.slice(-8_000)).toBe('nothing found');
  },
  RUN_MS,
);

function parametersOf(ids: Record<string, string>): string {
  return ['[parameters]', ...Object.entries(ids).map(([name, id]) => `"path.${name}" = "${id}"`), ''].join('\n');
}

/** @returns why it is not there; null when it is. */
async function install(): Promise<string | null> {
  if (existsSync(join(VENV, 'installed'))) return null;
  const python = await run('python3', ['-m', 'venv', VENV]).catch(() => null);
  if (python?.code !== 0) return 'there is no python3 with venv on this machine.';
  const pip = await run(join(VENV, 'bin', 'pip'), ['install', '--quiet', `schemathesis==${VERSION}`]);
  if (pip.code !== 0) return 'schemathesis cannot be installed from PyPI.';
  await writeFile(join(VENV, 'installed'), '');
  return null;
}

async function run(command: string, args: string[]) {
  const child = spawn(command, args, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'], timeout: RUN_MS - 20_000 });
  const ended = once(child, 'close');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code: child.exitCode, output: out + err };
}
