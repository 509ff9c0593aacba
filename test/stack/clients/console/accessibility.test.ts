import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { anAskableRecording } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { type Service, startService } from '../../../support/service.ts';
import { openTab, type Tab } from './browser.ts';
import { openConsole, prepared } from './stage.ts';

const browser = await prepared();
const inBrowser = browser === null ? test.skip : test;
const inBrowserEach = browser === null ? test.skip.each : test.each;

let service: Service;
let client: Client;
let views: { name: string; at: string; shows: string }[];

beforeAll(async () => {
  service = await startService();
  client = await service.client();
  const { endUser, recording } = await anAskableRecording(client);
  const scope = { type: 'library' };
  const asked = { scope, end_user_id: endUser.id, initial_message: { content: 'When is the launch?' } };
  const { session_id } = (await client.post('/v1/ask/sessions', asked)).body;
  const { id: empty } = (await client.post('/v1/ask/sessions', { scope, end_user_id: endUser.id })).body;
  views = [
    { name: 'recordings', at: '#/', shows: 'Weekly sync' },
    { name: 'a recording at a moment', at: `#/recordings/${recording.id}?at=62000`, shows: 'The launch moved' },
    { name: 'sessions', at: '#/sessions', shows: '2 messages' },
    { name: 'a new session', at: `#/new?recording=${recording.id}`, shows: 'What do you want to know?' },
    { name: 'an empty session', at: `#/sessions/${empty}`, shows: 'What was decided' },
    { name: 'a search', at: '#/search?q=launch', shows: 'The launch moved' },
    { name: 'end users', at: '#/people', shows: 'belong to one end user each' },
    { name: 'a session with its sources', at: `#/sessions/${session_id}`, shows: '1 source,' },
    {
      name: 'a session beside a cited moment',
      at: `#/sessions/${session_id}?at=${recording.id}.62000`,
      shows: 'the advertising stays',
    },
    { name: 'something that is not there', at: '#/sessions/as_00000000000000000000000000', shows: 'There is no such' },
  ];
}, 120_000);
afterAll(async () => {
  await service?.stop();
  await browser?.close();
});

const found = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));

/** What axe finds wrong in the page as it is: rule and element. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const results = found.parse(await page.evaluate('axe.run().then(({ violations }) => violations)'));
  return results.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** The page is no wider than the window. */
const tooWide = (page: Page) =>
  page.evaluate('Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)');

/** Whether the bar at the top stands over the heading. */
const COVERED = `
  document.querySelector('h1').getBoundingClientRect().top < document.querySelector('header').getBoundingClientRect().bottom
`;

async function eachView(tab: Tab, look: (view: string, page: Page) => Promise<void>): Promise<void> {
  for (const { name, at, shows } of views) {
    await tab.page.goto(`${service.url}/${at}`);
    await tab.page.getByText(shows).filter({ visible: true }).first().waitFor();
    await tab.page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })');
    await look(name, tab.page);
  }
}

inBrowserEach(['light', 'dark'] as const)(
  'axe finds no violation in any view, %s',
  async (colorScheme) => {
    const signIn = await openTab(browser, { colorScheme });
    await signIn.page.goto(service.url);
    await signIn.page.getByLabel('API key').waitFor();
    expect(await violations(signIn.page)).toEqual([]);
    await signIn.close();
    const tab = await openConsole(browser, service.url, client, { colorScheme });
    await eachView(tab, async (view, page) => expect([view, await violations(page)]).toEqual([view, []]));
    await tab.page.goto(`${service.url}/#/`);
    await tab.page.getByLabel('More for Weekly sync').click();
    await tab.page.getByRole('button', { name: 'Delete', exact: true }).click();
    await tab.page.getByRole('dialog').getByText('goes with it for good').waitFor();
    expect(await violations(tab.page)).toEqual([]);
    await tab.close();
  },
  60_000,
);

inBrowser(
  'on a small phone no view is wider than the screen, and axe finds nothing there either',
  async () => {
    const tab = await openConsole(browser, service.url, client, { viewport: { width: 320, height: 700 } });
    await eachView(tab, async (view, page) => {
      expect([view, await tooWide(page)]).toEqual([view, 0]);
      expect([view, await violations(page)]).toEqual([view, []]);
    });
    // With several end users the bar has two lines.
    await client.post('/v1/end_users', { name: 'Somebody else' });
    await tab.page.reload();
    await tab.page.getByLabel('Whose recordings').waitFor();
    expect(await tab.page.evaluate(COVERED)).toBe(false);
    await tab.close();
  },
  60_000,
);

inBrowserEach([1200, 375])(
  'the keyboard alone leads from the key to the cited moment and back, %i px',
  async (width) => {
    const { page, close } = await openTab(browser, { viewport: { width, height: 700 } });
    const { keyboard } = page;
    /** Presses Tab until the focus is on what has this name. */
    const tabTo = async (name: string) => {
      for (let presses = 0; presses < 40; presses++) {
        await keyboard.press('Tab');
        if ((await page.evaluate(FOCUSED)) === name) return;
      }
      throw new Error(`the keyboard does not lead to ${name}`);
    };
    await page.goto(service.url);
    await page.getByLabel('API key').waitFor();
    await tabTo('key');
    await keyboard.insertText(client.secret);
    await keyboard.press('Enter');
    await page.getByRole('link', { name: 'Weekly sync' }).waitFor();
    await tabTo('Weekly sync');
    await keyboard.press('Enter');
    await page.getByText('Welcome to the weekly').waitFor();
    await tabTo('Ask about this recording');
    await keyboard.press('Enter');
    await page.getByText('What do you want to know?').waitFor();
    await tabTo('Your question');
    await keyboard.insertText('When is the launch?');
    await keyboard.press('Enter');
    await page.getByText('tokens in').waitFor();
    await tabTo('1: show the moment at 1:02');
    await keyboard.press('Enter');
    await page.locator('.segment.highlighted:focus').waitFor();
    await keyboard.press('Escape');
    await page.locator('.citation:focus').waitFor();
    await close();
  },
);

/** How the focused element is called. */
const FOCUSED = `(() => {
  const { ariaLabel, id, textContent } = document.activeElement;
  return ariaLabel || id || textContent.trim();
})()`;
