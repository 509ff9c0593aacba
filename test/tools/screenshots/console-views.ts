import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { DEMO_QUESTION } from '../../../src/local/stack/demo/demo-meetings.ts';
import { orderFault } from '../../support/sandbox.ts';

export interface ConsoleViews {
  /** Address of the API. */
  api: string;
  /** Address of the sandbox. */
  sandbox: string;
  key: string;
  /** The names of the end user who has the recordings, and of one who has none. */
  owner: string;
  newcomer: string;
  /** A recording that can answer the demo's question. */
  recording: string;
  /** Where the pictures go, a folder for each look. */
  folder: string;
}

const DESK = { width: 1180, height: 760 };

const LOOKS: Record<string, BrowserContextOptions> = {
  light: { viewport: DESK, colorScheme: 'light' },
  dark: { viewport: DESK, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 780 }, colorScheme: 'light' },
};

/** The ten main views of the console, in each look. */
export async function takeConsoleViews(browser: Browser, views: ConsoleViews): Promise<void> {
  for (const [name, look] of Object.entries(LOOKS)) {
    const folder = join(views.folder, name);
    await mkdir(folder, { recursive: true });
    const context = await browser.newContext(look);
    const page = await context.newPage();
    const take = async (view: string) => {
      // What moves comes to rest.
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(folder, `${view}.png`) });
    };
    await tour(page, views, take);
    await context.close();
  }
}

async function tour(page: Page, views: ConsoleViews, take: (view: string) => Promise<void>): Promise<void> {
  const { api, sandbox, key, owner, newcomer, recording } = views;
  const go = (place: string) => page.evaluate(`location.hash = ${JSON.stringify(place)}`);
  await page.goto(api);
  await page.getByLabel('Remember on this device').check();
  await take('sign-in');
  await page.goto(`${api}/#key=${key}`);
  const whose = page.getByLabel('Whose recordings');
  await whose.selectOption({ label: newcomer });
  await page.getByText('Add a sample meeting').waitFor();
  await take('empty-library');
  await whose.selectOption({ label: owner });
  await page.getByRole('checkbox').nth(1).check();
  await page.getByRole('checkbox').nth(2).check();
  await take('library');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('session', { exact: false }).first().waitFor();
  await take('delete');
  await page.keyboard.press('Escape');
  await go(`#/new?recording=${recording}`);
  await page.getByRole('list', { name: 'Suggested questions' }).getByRole('button').nth(2).waitFor();
  await take('new-session');
  await orderFault(sandbox, { provider: 'gemini', markdown: true });
  await page.getByLabel('Your question').fill(DEMO_QUESTION);
  await page.keyboard.press('Enter');
  await page.getByText('tokens in').waitFor();
  await take('answer');
  await page.locator('.citation').first().click();
  await page.locator('.segment.highlighted').waitFor();
  await take('moment');
  await page.keyboard.press('Escape');
  await go(`#/recordings/${recording}`);
  await page.getByLabel('Search this transcript').fill('remote');
  await page.getByText(/1 of \d+/).waitFor();
  await take('transcript');
  await go('#/search?q=battery');
  await page.getByRole('list', { name: 'Passages' }).getByRole('listitem').first().waitFor();
  await take('search');
  await go('#/sessions');
  await page.getByRole('list', { name: 'Sessions' }).getByRole('listitem').first().waitFor();
  await take('sessions');
}
