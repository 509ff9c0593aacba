import type { Browser, BrowserContextOptions } from 'playwright-core';
import { ensureConsole } from '../../../../src/local/stack/programs/console-build.ts';
import type { Client } from '../../../support/client.ts';
import { launchBrowser, openTab, type Tab } from './browser.ts';

/** Builds the console. @returns the browser of a test file; null where this machine has none. */
export async function prepared(): Promise<Browser | null> {
  await ensureConsole();
  return launchBrowser();
}

/** A tab with the console, its key entered, at a view (`#/…`). */
export async function openConsole(
  browser: Browser | null,
  url: string,
  client: Client,
  { at = '#/', ...options }: BrowserContextOptions & { at?: string } = {},
): Promise<Tab> {
  const tab = await openTab(browser, options);
  await tab.page.goto(`${url}/${at}`);
  await tab.page.getByLabel('API key').fill(client.secret);
  await tab.page.getByRole('button', { name: 'Use this key' }).click();
  await tab.page.getByRole('navigation').waitFor();
  return tab;
}
