import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { anAskableRecording, turnWith } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { clearFaults, orderFault } from '../../../support/sandbox.ts';
import { type Service, startService } from '../../../support/service.ts';
import type { Tab } from './browser.ts';
import { openConsole, prepared } from './stage.ts';

const browser = await prepared();
const inBrowser = browser === null ? test.skip : test;

const QUESTION = 'When is the launch?';

let service: Service;
let client: Client;
let scope: object;
let endUserId: string;
let tab: Tab;
let page: Page;

beforeAll(async () => {
  service = await startService();
  client = await service.client();
  const { recording, endUser } = await anAskableRecording(client);
  endUserId = endUser.id;
  scope = { type: 'recording', recording_id: recording.id };
}, 120_000);
afterAll(async () => {
  await service?.stop();
  await browser?.close();
});
afterEach(async () => {
  await clearFaults(service.sandboxUrl);
  await tab?.close();
});

const order = (fault: object) => orderFault(service.sandboxUrl, { provider: 'gemini', ...fault });
const aSession = async (title: string): Promise<string> =>
  (await client.post('/v1/ask/sessions', { scope, title })).body.id;
const open = async (session: string) => {
  tab = await openConsole(browser, service.url, client, { at: `#/sessions/${session}` });
  page = tab.page;
};
/** Asks by the API alone, as another program does. @returns where its turn is */
async function askElsewhere(session: string, content = QUESTION, narrowed: object = {}): Promise<string> {
  const path = `/v1/ask/sessions/${session}/messages`;
  const { headers } = await client.post(path, { content, ...narrowed }, { prefer: 'respond-async' });
  return headers.get('location') ?? '';
}
const answered = () => page.getByText('tokens in').first().waitFor();

const COME_BACK = "document.dispatchEvent(new Event('visibilitychange'))";

describe('a question without an answer', () => {
  inBrowser('that failed stays with its reason after a reload, and is asked again as it was', async () => {
    const body = { scope: { type: 'library' }, end_user_id: endUserId, title: 'Failed' };
    const session = (await client.post('/v1/ask/sessions', body)).body.id;
    await order({ status: 400 });
    const narrowed = { filters: { speakers: ['Ben'] }, timezone: 'Asia/Tokyo', response_language: 'de' };
    await turnWith(client, await askElsewhere(session, QUESTION, narrowed), ['failed']);
    await open(session);
    for (const load of ['first', 'second']) {
      await page.getByRole('alert').filter({ hasText: 'The model did not answer' }).waitFor();
      if (load === 'first') await page.reload();
    }
    await page.getByText('Timeline').click();
    await page.locator('.step').first().waitFor();
    await page.getByRole('button', { name: 'Ask again' }).click();
    await answered();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await page.locator('.question').count()).toBe(1);
    const [asked] = (await client.get(`/v1/ask/sessions/${session}/messages`)).body.data;
    expect(asked).toMatchObject(narrowed);
  });

  inBrowser('that another program asks is followed, and says so when it is stopped there', async () => {
    const session = await aSession('Stopped');
    await open(session);
    await page.getByText('What do you want to know?').waitFor();
    await order({ delay_ms: 30_000 });
    const turn = await askElsewhere(session);
    // As somebody does who comes back to the tab.
    const comeBack = setInterval(() => page.evaluate(COME_BACK).catch(() => undefined), 300);
    const followed = page.getByText('Reading the recordings…').waitFor();
    await followed.finally(() => clearInterval(comeBack));
    await client.post(`${turn}/cancel`, {});
    await page.getByText('Stopped. The question is kept.').waitFor();
    await page.reload();
    await page.getByText('Stopped. The question is kept.').waitFor();
    await page.getByRole('button', { name: 'Ask again' }).waitFor();
    expect(await page.locator('.question').count()).toBe(1);
  });
});

describe('a second tab', () => {
  inBrowser('sees what the first one asks, and the answer', async () => {
    const session = await aSession('Two tabs');
    await open(session);
    const second = await page.context().newPage();
    await second.goto(`${service.url}/#/sessions/${session}`);
    await second.getByLabel('API key').fill(client.secret);
    await second.getByRole('button', { name: 'Use this key' }).click();
    await second.getByLabel('Your question').waitFor();
    await page.getByLabel('Your question').fill(QUESTION);
    await page.keyboard.press('Enter');
    await second.locator('.question', { hasText: QUESTION }).waitFor();
    await second.getByText('tokens in').waitFor();
    for (const tab of [page, second]) await tab.getByText('In view: the whole transcript').waitFor();
    await page.reload();
    await page.getByText('In view: the whole transcript').waitFor();
  });
});

describe('a session', () => {
  inBrowser('starts at its end when it is opened again, and leads there from above', async () => {
    const session = await aSession('Long');
    for (const about of ['launch', 'budget', 'review', 'sync']) {
      await order({ says: `About the ${about}.\n\n${'A line of an answer. '.repeat(150)}` });
      await turnWith(client, await askElsewhere(session, `What about the ${about}?`), ['completed']);
    }
    await open(session);
    await answered();
    const fromEnd = () =>
      page.evaluate('document.documentElement.scrollHeight - scrollY - innerHeight') as Promise<number>;
    expect(await fromEnd()).toBeLessThan(2);
    await page.mouse.wheel(0, -20_000);
    await page.getByRole('button', { name: 'Latest' }).click();
    await page.getByRole('button', { name: 'Latest' }).waitFor({ state: 'detached' });
  });

  inBrowser('is renamed, exported and deleted, and nothing goes by a double click', async () => {
    const session = await aSession('Old name');
    await turnWith(client, await askElsewhere(session), ['completed']);
    await open(session);
    const choose = async (name: string) => {
      await page.locator('.page-head .menu summary').click();
      await page.getByRole('button', { name, exact: true }).click();
    };
    await choose('Rename');
    await page.getByLabel('Title').fill('The launch');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'The launch' }).waitFor();

    const saved = page.waitForEvent('download');
    await choose('Export as Markdown');
    const file = await saved;
    expect(file.suggestedFilename()).toBe('The launch.md');
    expect(await readFile(await file.path(), 'utf8')).toMatch(/^# The launch\n[\s\S]*May twelve[\s\S]*\[1\]/);

    await page.locator('.page-head .menu summary').click();
    await page.getByRole('button', { name: 'Delete', exact: true }).dblclick();
    const dialog = page.getByRole('dialog', { name: 'Delete this session?' });
    expect(await dialog.textContent()).toContain('The launch goes for good, with its 2 messages');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect((await client.get(`/v1/ask/sessions/${session}`)).status).toBe(200);
    await choose('Delete');
    await dialog.getByRole('button', { name: 'Delete session' }).click();
    await page.getByRole('heading', { name: 'Sessions' }).waitFor();
    expect((await client.get(`/v1/ask/sessions/${session}`)).status).toBe(404);
  });
});
