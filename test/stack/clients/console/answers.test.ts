import type { Page } from 'playwright-core';
import { anAskableRecording } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { clearFaults, orderFault } from '../../../support/sandbox.ts';
import { type Service, startService } from '../../../support/service.ts';
import type { Tab } from './browser.ts';
import { openConsole, prepared } from './stage.ts';

const browser = await prepared();
const inBrowser = browser === null ? test.skip : test;

let service: Service;
let client: Client;
let about: string;
let tab: Tab;
let page: Page;

beforeAll(async () => {
  service = await startService();
  client = await service.client();
  const { recording } = await anAskableRecording(client);
  about = `#/new?recording=${recording.id}`;
}, 120_000);
afterAll(async () => {
  await service?.stop();
  await browser?.close();
});
beforeEach(async () => {
  tab = await openConsole(browser, service.url, client, { at: about });
  page = tab.page;
});
afterEach(async () => {
  await clearFaults(service.sandboxUrl);
  await tab?.close();
});

const order = (fault: object) => orderFault(service.sandboxUrl, { provider: 'gemini', ...fault });
const ask = async (content = 'When is the launch?') => {
  await page.getByLabel('Your question').fill(content);
  await page.keyboard.press('Enter');
};
const answer = () => page.locator('.answer').last();
const stored = () => page.getByText('tokens in').waitFor();

describe('the Markdown of an answer', () => {
  inBrowser('is shown, with its citations in lists, quotes and tables, also while it is written', async () => {
    await order({ markdown: true, chunk_delay_ms: 60 });
    await ask();
    await answer().locator('li .citation').first().waitFor();
    expect(await answer().locator('table').count()).toBe(0);
    await stored();
    for (const place of ['li', 'blockquote', 'td']) await answer().locator(`${place} .citation`).first().waitFor();
    expect(await answer().getByRole('heading', { name: 'Answer' }).count()).toBe(1);
    expect(await answer().locator('strong').textContent()).toBe('Found');
    expect(await answer().locator('code').textContent()).toBe('[^0-9]+');
    expect(await answer().textContent()).not.toMatch(/\*\*|##|\| ---/);
    await page.reload();
    await answer().locator('td .citation').first().click();
    await page.locator('.segment.highlighted').waitFor();
    expect(tab.complaints).toEqual([]);
  });

  inBrowser('never becomes HTML, a picture or a link', async () => {
    const says = [
      'Line one<br>line two <b>bold?</b> &amp; more.',
      '<script>document.title = "owned"</script>',
      '[The notes](https://evil.example/?q=secret), [a trick](javascript:alert(1)), https://evil.example/bare',
      '![a picture](https://evil.example/track.png)',
      '[1]: https://evil.example/defined',
    ].join('\n\n');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await order({ says });
    await ask();
    await stored();
    expect(await answer().locator('a, img, script, b').count()).toBe(0);
    expect(await answer().locator('br').count()).toBe(1);
    const text = await answer().textContent();
    for (const words of ['<b>bold?</b> & more', '<script>', 'The notes (https://evil.example/?q=secret)', 'a picture'])
      expect(text).toContain(words);
    expect(text).toContain('[1]: https://evil.example/defined');
    expect(asked.filter((url) => url.includes('evil'))).toEqual([]);
  });
});

describe('a citation', () => {
  inBrowser('shows its words, their speaker and recording under the pointer and the focus', async () => {
    await ask();
    await stored();
    await page.locator('.citation').first().hover();
    const card = page.getByRole('tooltip');
    await card.waitFor();
    expect(await card.textContent()).toMatch(/“The launch moved to May twelve.*”Ben · Weekly sync · 1:02/);
    await page.mouse.move(0, 0);
    await card.waitFor({ state: 'detached' });
    await page.locator('.citation').first().focus();
    await card.waitFor();
  });
});
