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

describe('what an answer rests on', () => {
  inBrowser('the cited words are marked in the transcript beside it, and the transcript can be searched', async () => {
    await ask();
    await stored();
    await page.locator('.citation').first().click();
    await page.locator('.segment.highlighted mark').waitFor();
    expect(await page.locator('.segment.highlighted').textContent()).toMatch(/^1:02Ben/);
    expect(await page.locator('.segment.highlighted mark').textContent()).toContain('The launch moved to May twelve');
    await page.getByLabel('Search this transcript').fill('the');
    await page.getByText('1 of 3').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('2 of 3').waitFor();
    await page.getByLabel('Search this transcript').fill('');
    await page.getByLabel('Speaker').selectOption('Ana');
    await page.getByText('1 of 2').waitFor();
    await page.getByRole('button', { name: 'Next place' }).click();
    expect(await page.locator('[aria-current=true]').textContent()).toContain('the budget for the advertising');
    await page.getByLabel('Link to 1:15').click();
    await page.getByRole('heading', { name: 'Weekly sync' }).waitFor();
    expect(page.url()).toContain('?at=75000');
  });

  inBrowser('sources bear the numbers of the answer, and the cited words are marked in them', async () => {
    await page.evaluate("location.hash = '#/new'");
    await page.getByText('About all recordings').waitFor();
    await ask();
    await page.getByText('In view: everything in scope, 1 recording whole').waitFor();
    await page.getByText(/1 source, 1 cited/).click();
    const source = page.locator('.source').first();
    expect(await source.locator('.citation').textContent()).toBe('1');
    expect(await source.locator('mark').textContent()).toContain('The launch moved to May twelve');
    expect(await source.textContent()).toContain('Ben');
  });

  inBrowser('an answer is copied with its citations', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await ask();
    await stored();
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const text = await page.evaluate('navigator.clipboard.readText()');
    expect(text).toMatch(/May twelve[\s\S]*\[1\][\s\S]*\n\n\[1\] “The launch moved.*” — Ben, Weekly sync, 1:02/);
  });

  inBrowser('what nothing shows is said: no citation, or a number that the cited lines do not have', async () => {
    await order({ says: 'The launch is on May 13.' });
    await ask();
    await page.getByText('This answer cites nothing').waitFor();
    await page.route('**/messages?limit=100', async (route) => {
      const body = await (await route.fetch()).json();
      body.data[1].grounding = { status: 'partial', method: 'm', unsupported: [{ text: 'May 13', kind: 'date' }] };
      await route.fulfill({ json: body });
    });
    await page.reload();
    await page.getByText('The cited lines do not show “May 13” (date).').waitFor();
    expect(await answer().locator('mark.doubt').textContent()).toBe('May 13');
  });
});

describe('a question', () => {
  inBrowser('is suggested for a new session, without a model', async () => {
    const suggested = page.getByRole('list', { name: 'Suggested questions' }).getByRole('button');
    await suggested.filter({ hasText: 'What did Ana say?' }).click();
    await stored();
    expect(await page.locator('.question').textContent()).toContain('What did Ana say?');
  });

  inBrowser('that is too long is told, and not cut', async () => {
    const field = page.getByLabel('Your question');
    await field.fill('a'.repeat(10_012));
    await page.getByText('Too long by 12 characters: a question takes 10,000.').waitFor();
    expect(await page.getByRole('button', { name: 'Ask', exact: true }).isDisabled()).toBe(true);
    expect((await field.inputValue()).length).toBe(10_012);
  });

  inBrowser('finds its words in every recording, without a model', async () => {
    await page.getByRole('link', { name: 'Search', exact: true }).click();
    await page.getByLabel('Words or a question').fill('launch');
    await page.keyboard.press('Enter');
    const passage = page.getByRole('list', { name: 'Passages' }).getByRole('listitem').first();
    await passage.waitFor();
    expect(await passage.locator('mark').first().textContent()).toBe('launch');
    await passage.getByRole('link').click();
    await page.locator('.segment.highlighted').waitFor();
  });
});
