import type { Page } from 'playwright-core';
import { anAskableRecording, anEndUser, aRecording, aTranscript } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { type Service, startService } from '../../../support/service.ts';
import type { Tab } from './browser.ts';
import { openConsole, prepared } from './stage.ts';

const browser = await prepared();
const inBrowser = browser === null ? test.skip : test;

const SIZE = 2_000;
const AT_ONCE = 20;
/** Segments of the long transcript. */
const LENGTH = 3_000;

let service: Service;
let client: Client;
let owner: { id: string };
let tab: Tab;
let page: Page;

/** Recordings of one end user, a day apart; the two that are ready were imported last. */
beforeAll(async () => {
  service = await startService();
  client = await service.client();
  if (browser === null) return;
  const { endUser } = await anAskableRecording(client);
  owner = endUser;
  const numbers = Array.from({ length: SIZE }, (_, i) => i);
  const make = async () => {
    for (let i = numbers.pop(); i !== undefined; i = numbers.pop()) {
      const started_at = new Date(Date.UTC(2020, 0, 1 + i, 9)).toISOString();
      await aRecording(client, owner.id, { name: `Meeting ${String(i).padStart(4, '0')}`, started_at });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, make));
}, 240_000);
afterAll(async () => {
  await service?.stop();
  await browser?.close();
});
beforeEach(async () => {
  tab = await openConsole(browser, service.url, client);
  page = tab.page;
});
afterEach(() => tab?.close());

const rows = () => page.getByRole('list', { name: 'Recordings' }).getByRole('listitem');
const toEnd = () => page.mouse.wheel(0, 1_000_000);

describe(`a library of ${SIZE} recordings`, () => {
  inBrowser(
    'can be read to its end, with few rows at a time',
    async () => {
      await rows().first().waitFor();
      await page.mouse.move(600, 600);
      // The recording with a transcript was made first, so it is the last one.
      const last = page.getByRole('link', { name: 'Weekly sync' });
      for (let tries = 0; tries < 500 && (await last.count()) === 0; tries++) {
        await toEnd();
        await page.waitForTimeout(100);
      }
      await last.waitFor();
      expect(await rows().count()).toBeLessThan(60);
      expect(await last.locator('xpath=ancestor::li').getAttribute('aria-posinset')).toBe(String(SIZE + 1));
    },
    60_000,
  );

  inBrowser(
    'is searched, filtered and sorted, and the way back keeps place, filter and ticks',
    async () => {
      await page.getByLabel('Search names').fill('eting 01');
      await page.getByRole('link', { name: 'Meeting 0100' }).waitFor();
      await page.getByLabel('Order').selectOption('recorded_at');
      await page.getByRole('link', { name: 'Meeting 0199' }).waitFor();
      expect(await rows().first().textContent()).toContain('Meeting 0199');
      await page.getByText('Filter').click();
      await page.getByLabel('Recorded from').fill('2020-04-20');
      await page.getByLabel('until').fill('2020-05-30');
      await page.getByRole('link', { name: 'Meeting 0150' }).waitFor();
      await page.getByRole('link', { name: 'Show all' }).click();
      await page.getByRole('link', { name: 'Meeting 0000' }).waitFor();
      expect(await page.getByLabel('Search names').inputValue()).toBe('');

      await page.getByLabel('Search names').fill('weekly');
      await page.getByRole('checkbox', { name: 'Choose Weekly sync' }).check();
      await page.getByLabel('Search names').fill('meeting');
      await rows().filter({ hasText: 'Meeting 0' }).first().waitFor();
      await page.mouse.move(600, 600);
      await page.mouse.wheel(0, 3_000);
      const place = () => page.evaluate('scrollY') as Promise<number>;
      await page.waitForFunction('scrollY > 2000');
      const before = await place();
      const shown = page.locator('.rows .item-name').nth(12);
      const name = (await shown.textContent()) ?? '';
      await shown.click();
      await page.getByRole('heading', { name }).waitFor();
      await page.goBack();
      await page.getByRole('link', { name, exact: true }).waitFor();
      expect(await place()).toBe(before);
      expect(await page.getByLabel('Search names').inputValue()).toBe('meeting');
      expect(await page.getByLabel('Chosen recordings').textContent()).toContain('1 chosen: Weekly sync');
      await page.getByRole('link', { name: 'Ask about 1 recording' }).click();
      await page.getByText('About Weekly sync').waitFor();
    },
    60_000,
  );

  inBrowser('a recording is renamed, dated and deleted, and what goes with it is told before', async () => {
    const another = await anEndUser(client, { name: 'Somebody else' });
    const { id } = await aRecording(client, another.id, { name: 'Raw file 7' });
    await client.post('/v1/ask/sessions', { scope: { type: 'recording', recording_id: id } });
    await page.reload();
    await page.getByLabel('Whose recordings').selectOption({ label: 'Somebody else' });
    const choose = async (item: string, name: string) => {
      await page.getByLabel(`More for ${item}`).click();
      await page.getByRole('button', { name, exact: true }).click();
    };
    await choose('Raw file 7', 'Name and date');
    await page.getByLabel('Name', { exact: true }).fill('Board meeting');
    await page.getByLabel('When it was recorded').fill('2026-05-04T10:30');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('May 4, 2026').waitFor();
    expect((await client.get(`/v1/recordings/${id}`)).body.name).toBe('Board meeting');
    await choose('Board meeting', 'Delete');
    const dialog = page.getByRole('dialog', { name: 'Delete this recording?' });
    await dialog.getByText('1 session', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('No recordings yet').or(page.getByText('Add a sample meeting')).first().waitFor();
    expect((await client.get(`/v1/recordings/${id}`)).status).toBe(404);
  });
});

describe(`a transcript of ${LENGTH} segments`, () => {
  let id: string;
  beforeAll(async () => {
    if (browser === null) return;
    id = (await aRecording(client, owner.id, { name: 'Long day' })).id;
    await aTranscript(
      client,
      id,
      Array.from({ length: LENGTH }, (_, i) => remark(i)),
    );
  }, 120_000);

  /** Every ninth one takes several lines. */
  const remark = (i: number) => ({
    ...{ start: 2 * i, end: 2 * i + 1.5, speaker: i % 2 === 0 ? 'Ana' : 'Ben' },
    text: `Remark ${i} about the garden.${i % 9 === 0 ? ' It goes on for a while, as people do.'.repeat(9) : ''}`,
  });
  const segments = () => page.getByRole('list', { name: 'Transcript' }).getByRole('listitem');
  const said = (number: number) => segments().filter({ hasText: new RegExp(`Remark ${number} `) });
  const isInView = async (number: number) => {
    const box = await said(number).boundingBox();
    return box !== null && box.y > 0 && box.y + box.height < 800;
  };
  const goTo = (place: string) => page.evaluate(`location.hash = '#/recordings/${id}${place}'`);

  inBrowser('opens at a moment near its end, with few segments at a time', async () => {
    await goTo(`?at=${2 * 2_900 * 1_000}`);
    await page.locator('.segment.highlighted:focus', { hasText: 'Remark 2900 ' }).waitFor();
    expect(await isInView(2_900)).toBe(true);
    expect(await segments().count()).toBeLessThan(60);
    const place = ['aria-posinset', 'aria-setsize'].map((name) => said(2_900).getAttribute(name));
    expect(await Promise.all(place)).toEqual(['2901', String(LENGTH)]);
    // The keyboard goes on from the moment.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.ariaLabel')).toBe('Link to 1:36:42');
  });

  inBrowser('is searched whole, by words and by speaker, and scrolls to both its ends', async () => {
    await goTo('');
    await said(0).waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.insertText('remark 2');
    await page.getByText('1 of 1111').waitFor();
    await page.keyboard.press('Shift+Enter');
    await page.getByText('1111 of 1111').waitFor();
    await page.locator('[aria-current]', { hasText: 'Remark 2999 ' }).waitFor();
    expect(await isInView(2_999)).toBe(true);
    await page.getByLabel('Search this transcript').fill('');
    await page.getByLabel('Speaker').selectOption('Ben');
    await page.getByText(`1 of ${LENGTH / 2}`).waitFor();
    await said(1).waitFor();
    await page.mouse.move(600, 600);
    await page.mouse.wheel(0, 1_000_000);
    await said(2_999).waitFor();
    await page.mouse.wheel(0, -1_000_000);
    await said(0).waitFor();
  });
});
