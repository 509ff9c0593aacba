import type { Page } from 'playwright-core';
import { anAskableRecording, anEndUser } from '../../../support/builders.ts';
import { type Service, startService } from '../../../support/service.ts';
import { openTab } from './browser.ts';
import { openConsole, prepared } from './stage.ts';

const browser = await prepared();
const inBrowser = browser === null ? test.skip : test;

let service: Service;
beforeAll(async () => {
  service = await startService();
}, 120_000);
afterAll(async () => {
  await service?.stop();
  await browser?.close();
});

const VTT = ['WEBVTT', '', '00:01.000 --> 00:04.000', '<v Ana>The garden opens in June.'].join('\n');
const SRT = ['1', '00:00:01,000 --> 00:00:04,000', 'Ana: The shed comes down in May.'].join('\n');
const JSON_FILE = JSON.stringify({ segments: [{ start: 0, end: 2, text: 'The pond stays.' }] });
const BAD_SRT = [SRT, '', '2', '00:00:09,000 --> 00:00:05,000', 'Ben: It ends before it begins.'].join('\n');

const fileOf = (name: string, text: string) => ({ name, mimeType: '', buffer: Buffer.from(text) });
const pick = (page: Page, ...files: ReturnType<typeof fileOf>[]) =>
  page.getByLabel('Import transcripts').setInputFiles(files);

/** Drops a file as a file manager does. The page makes the file, for only a page can. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const make = `(() => { const t = new DataTransfer(); t.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)})); return t; })()`;
  const dataTransfer = await page.evaluateHandle(make);
  await page.locator('.drop').dispatchEvent('drop', { dataTransfer });
}

describe('a key', () => {
  inBrowser('401: one that the service does not know is refused', async () => {
    const { page, close } = await openTab(browser, {});
    await page.goto(service.url);
    await page.getByLabel('API key').fill('sk_test_nobody');
    await page.getByRole('button', { name: 'Use this key' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('This key is not valid');
    await close();
  });

  inBrowser('stays in the storage of its tab, and never in an address', async () => {
    const client = await service.client();
    const { page, close } = await openConsole(browser, service.url, client);
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await page.reload();
    await page.getByRole('navigation').waitFor();
    expect([page.url(), ...addresses].join()).not.toContain(client.secret);
    expect(await page.evaluate('localStorage.length + document.cookie.length')).toBe(0);
    await page.getByLabel('More for the key').click();
    await page.getByRole('button', { name: 'Change key' }).click();
    await page.getByRole('button', { name: `sk_test_…${client.secret.slice(-4)}`, exact: true }).click();
    await page.getByRole('navigation').waitFor();
    expect(service.logs()).not.toContain(client.secret);
    await close();
  });

  inBrowser('403: one that may not import says so', async () => {
    const client = await service.client({ scopes: ['recordings:read', 'end_users:read'] });
    const { page, close } = await openConsole(browser, service.url, client);
    await pick(page, fileOf('garden.vtt', VTT));
    await page.getByText('This key may not do that').waitFor();
    await close();
  });

  inBrowser('of one end user shows and imports what is theirs', async () => {
    const project = await service.client();
    const owner = await anEndUser(project);
    const client = await service.client({ projectId: project.projectId, endUserId: owner.id });
    const { page, close } = await openConsole(browser, service.url, client);
    await pick(page, fileOf('garden.vtt', VTT));
    await page.getByText('can be asked about now').waitFor();
    const { data } = (await project.get(`/v1/recordings?end_user_id=${owner.id}`)).body;
    expect(data.map(({ name }: { name: string }) => name)).toEqual(['garden']);
    await close();
  });
});

describe('getting in', () => {
  inBrowser('by a link with the key behind the #, which leaves the address at once', async () => {
    const client = await service.client();
    await anAskableRecording(client);
    const { page, close } = await openTab(browser, {});
    await page.goto(`${service.url}/#/sign-in?key=${client.secret}`);
    await page.getByRole('link', { name: 'Weekly sync' }).waitFor();
    expect(page.url()).toBe(`${service.url}/#/`);
    await page.goto(`${service.url}/#/recordings`);
    await page.getByRole('heading', { name: 'Recordings' }).waitFor();
    expect(await page.evaluate('localStorage.length + document.cookie.length')).toBe(0);
    await close();
  });

  inBrowser('not by a link at an address that others reach, which leaves the address too', async () => {
    const client = await service.client();
    const { page, close } = await openTab(browser, {});
    await page.route('http://ask.example/**', async (route) => {
      const url = route.request().url().replace('http://ask.example', service.url);
      await route.fulfill({ response: await route.fetch({ url }) });
    });
    await page.goto(`http://ask.example/#/sign-in?key=${client.secret}`);
    await page.getByLabel('API key').waitFor();
    expect(page.url()).toBe('http://ask.example/#/');
    await close();
  });

  inBrowser('again on a device that remembers the key, until it is revoked', async () => {
    const client = await service.client();
    const { page, close } = await openTab(browser, {});
    await page.goto(service.url);
    await page.getByLabel('API key').fill(client.secret);
    await page.getByLabel('Remember on this device').check();
    await page.getByText('can then open all test recordings and sessions').waitFor();
    await page.getByRole('button', { name: 'Use this key' }).click();
    await page.getByRole('navigation').waitFor();
    const later = await page.context().newPage();
    await later.goto(service.url);
    await later.getByRole('navigation').waitFor();
    await service.revoke(client);
    await later.reload();
    await later.getByText('This key is not valid').waitFor();
    await later.getByRole('button', { name: /^Forget/ }).click();
    expect(await later.evaluate('localStorage.length')).toBe(0);
    await close();
  });
});

describe('an import', () => {
  inBrowser(
    'of many files tells of each one and of all, and a file beside the place for them is not opened',
    async () => {
      const client = await service.client();
      const { page, close } = await openConsole(browser, service.url, client);
      await page.getByRole('button', { name: 'Add a sample meeting' }).click();
      await page.getByText('can be asked about now as Sample: the garden meeting').waitFor();
      const files = Array.from({ length: 12 }, (_, i) => fileOf(`2026-05-${i + 10} meeting-${i}.vtt`, VTT));
      await pick(page, ...files, fileOf('bad.srt', BAD_SRT));
      await page.getByText('13 of 14 imported, 1 failed').waitFor();
      expect(await page.getByRole('list', { name: 'Imports' }).getByRole('listitem').first().textContent()).toContain(
        'bad.srt',
      );
      const dated = page.locator('.rows .item', { hasText: '2026-05-21 meeting-11' });
      await dated.waitFor();
      expect(await dated.textContent()).toMatch(/May 2[01], 2026/);
      const isRefused = await page.evaluate(
        "!document.querySelector('h1').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true }))",
      );
      expect(isRefused).toBe(true);
      await page.getByRole('button', { name: 'Hide finished' }).click();
      await page.getByRole('list', { name: 'Imports' }).waitFor({ state: 'detached' });
      await close();
    },
  );

  inBrowser('in a project without anybody: picked and dropped files become recordings', async () => {
    const client = await service.client();
    const { page, complaints, close } = await openConsole(browser, service.url, client);
    await page.getByText('No recordings yet').waitFor();
    await pick(page, fileOf('garden.vtt', VTT), fileOf('pond.json', JSON_FILE));
    await page.getByText('pond.json can be asked about now').waitFor();
    await drop(page, 'shed.srt', SRT);
    await page.getByText('shed.srt can be asked about now').waitFor();
    expect((await client.get('/v1/end_users')).body.data).toHaveLength(1);
    await page.getByRole('list', { name: 'Recordings' }).getByRole('link', { name: 'garden' }).click();
    const said = page.getByRole('list', { name: 'Transcript' });
    await said.waitFor();
    expect(await said.textContent()).toBe('0:01AnaThe garden opens in June.');
    expect(complaints).toEqual([]);
    await close();
  });

  inBrowser('that breaks off says why and how far it was, and another try goes on with its recording', async () => {
    const client = await service.client();
    const { page, close } = await openConsole(browser, service.url, client);
    const release = Promise.withResolvers<void>();
    await page.route('**/transcriptions', async (route) => {
      await release.promise;
      await route.abort();
    });
    await pick(page, fileOf('garden.vtt', VTT));
    await page.getByText(/^uploading|^reading/).waitFor();
    release.resolve();
    await page.getByText('garden.vtt was not imported. The service cannot be reached').waitFor();
    await page.unroute('**/transcriptions');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('garden.vtt can be asked about now').waitFor();
    expect((await client.get('/v1/recordings')).body.data).toMatchObject([{ name: 'garden', status: 'completed' }]);
    await close();
  });

  inBrowser('400: a bad file names its segment and leaves nothing behind', async () => {
    const client = await service.client();
    const { page, close } = await openConsole(browser, service.url, client);
    await pick(page, fileOf('bad.srt', BAD_SRT));
    const told = page.getByText('bad.srt was not imported.').locator('..');
    await told.waitFor();
    expect(await told.textContent()).toContain('cue 2');
    await pick(page, fileOf('notes.docx', 'hello'));
    await page.getByText('A transcript ends in .json, .vtt, .srt, .sbv, .txt').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    expect((await client.get('/v1/recordings')).body.data).toEqual([]);
    await close();
  });
});

describe('end users', () => {
  inBrowser('are added, and deleted only once their name was typed', async () => {
    const client = await service.client();
    const { endUser, recording } = await anAskableRecording(client);
    await client.post('/v1/ask/sessions', { scope: { type: 'library' }, end_user_id: endUser.id });
    const { page, close } = await openConsole(browser, service.url, client);
    await page.getByLabel('More for the key').click();
    await page.getByRole('button', { name: 'End users' }).click();
    await page.getByRole('button', { name: 'Add an end user' }).click();
    await page.getByLabel('Name').fill('Dana');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByLabel('More for Dana').waitFor();
    await page.getByLabel(`More for ${endUser.id}`).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('1 recording and 1 session, and with the keys made for them').waitFor();
    const confirm = page.getByRole('button', { name: 'Delete for good' });
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByLabel(/^Type/).fill(endUser.id);
    await confirm.click();
    await page.getByLabel(`More for ${endUser.id}`).waitFor({ state: 'detached' });
    expect((await client.get(`/v1/recordings/${recording.id}`)).status).toBe(404);
    await close();
  });
});

describe('the scope of a session', () => {
  inBrowser('recordings that are chosen together are asked about together', async () => {
    const client = await service.client();
    const { endUser, recording } = await anAskableRecording(client);
    const { page, close } = await openConsole(browser, service.url, client);
    await page.getByRole('checkbox', { name: 'Choose Weekly sync' }).check();
    await page.getByRole('link', { name: 'Ask about 1 recording' }).click();
    await page.getByText('About Weekly sync').waitFor();
    await page.getByLabel('Your question').fill('When is the launch?');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByText('1 source,').click();
    await page.getByText(/score \d\.\d\d/).waitFor();
    const [session] = (await client.get(`/v1/ask/sessions?end_user_id=${endUser.id}`)).body.data;
    expect(session.scope).toMatchObject({ type: 'selected', recording_ids: [recording.id] });
    await close();
  });

  inBrowser('a session stands in the list, and can be deleted there', async () => {
    const client = await service.client();
    const { endUser } = await anAskableRecording(client);
    const body = { scope: { type: 'library' }, end_user_id: endUser.id, title: 'About the launch' };
    await client.post('/v1/ask/sessions', body);
    const { page, close } = await openConsole(browser, service.url, client, { at: '#/sessions' });
    await page.getByRole('link', { name: 'About the launch' }).waitFor();
    await page.getByLabel('Search titles').fill('garden');
    await page.keyboard.press('Enter');
    await page.getByText('No title contains that').waitFor();
    await page.getByLabel('Search titles').fill('launch');
    await page.keyboard.press('Enter');
    await page.getByLabel('More for About the launch').click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Delete session' }).click();
    await page.getByRole('link', { name: 'About the launch' }).waitFor({ state: 'detached' });
    expect((await client.get('/v1/ask/sessions')).body.data).toEqual([]);
    await close();
  });
});
