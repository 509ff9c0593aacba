/**
 * Takes the pictures of the docs from the stack that runs on ASK_STATE_DIR, with Chromium on PATH: the ten main views of
 * the console in three looks, a session whose model was overloaded at first, in the Temporal UI, and the API reference. `npm start`,
 * then `node test/tools/screenshots/take.ts`.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { sessionWorkflowId } from '../../../src/domain/shared/ids.ts';
import { sessionId } from '../../../src/http/kernel/schemas/id-schemas.ts';
import { DEMO_QUESTION_MEETING } from '../../../src/local/stack/demo/demo-meetings.ts';
import { readDemo } from '../../../src/local/stack/demo/first-start.ts';
import { readStack, stateDirectory } from '../../../src/local/stack/state/state-directory.ts';
import { loadConfig } from '../../../src/runtime/config.ts';
import { launchBrowser } from '../../stack/clients/console/browser.ts';
import { orderFault } from '../../support/sandbox.ts';
import { apiAt } from '../bench/client.ts';
import { takeConsoleViews } from './console-views.ts';

const folder = new URL('../../../docs/images/', import.meta.url);
const config = loadConfig();
const state = stateDirectory(config.ASK_STATE_DIR);
const [stack, demo] = [await readStack(state), await readDemo(state)];
if (stack?.sandbox == null || stack.temporalUi === null || demo === null) throw new Error('Run `npm start` first.');

const session = await askedSession(stack.api, stack.sandbox, demo.key);
const run = `${stack.temporalUi}/namespaces/${config.TEMPORAL_NAMESPACE}/workflows/${encodeURIComponent(sessionWorkflowId(session))}`;
await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
if (browser === null) throw new Error('Install Chromium first.');
try {
  const recording = demo.recording_ids[DEMO_QUESTION_MEETING] ?? '';
  await takeConsoleViews(browser, {
    api: stack.api,
    sandbox: stack.sandbox,
    key: demo.key,
    owner: 'Demo',
    newcomer: await newcomer(stack.api, demo.key),
    recording,
    folder: fileURLToPath(new URL('console/', folder)),
  });
  await picture(browser, 'temporal-session', run, { height: 1500, shows: 'Ask openai' });
  await picture(browser, 'temporal-current', run, { height: 760, tab: 'user-metadata', shows: 'Current Details' });
  await picture(browser, 'api-reference', `${stack.api}/docs`, { height: 800, shows: '/v1/ask/sessions' });
} finally {
  await browser.close();
}

/** A session with two turns, the second of which is answered at its second attempt. */
async function askedSession(url: string, sandbox: string, key: string) {
  const api = apiAt(url, key);
  const id = sessionId.parse((await api.post('/v1/ask/sessions', { scope: { type: 'library' }, ...owner() })).id);
  const ask = (content: string) => api.post(`/v1/ask/sessions/${id}/messages`, { content, provider: 'openai' });
  await ask('What did they decide about the battery, the chip and the case material?');
  await orderFault(sandbox, { provider: 'openai', status: 503, times: 1 });
  await ask('Which case material do they choose?');
  return id;
}

/** Somebody without recordings, made once. @returns their name */
async function newcomer(url: string, key: string): Promise<string> {
  const name = 'Newcomer';
  await apiAt(url, key).post('/v1/end_users?upsert=true', { name, external_id: 'newcomer' });
  return name;
}

function owner() {
  return { end_user_id: demo?.end_user_id };
}

/** A page, or one tab of a run's, as it is once it shows the text. */
async function picture(chromium: Browser, name: string, url: string, { height, tab, shows }: Look): Promise<void> {
  const page = await chromium.newPage({ viewport: { width: 1280, height } });
  await page.goto(url);
  if (tab !== undefined) {
    await page.waitForURL(/\/history/);
    await page.goto(page.url().replace(/\/history.*/, `/${tab}`));
  }
  await page.getByText(shows).first().waitFor();
  // Fonts and the timeline settle after the text is there.
  await page.waitForTimeout(2_000);
  await page.screenshot({ path: pathOf(name) });
  await page.close();
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(`${name}.png`, folder));
}

interface Look {
  height: number;
  tab?: string;
  shows: string;
}
