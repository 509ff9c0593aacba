import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findOnPath } from '../../../../src/local/stack/programs/executables.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** A Chromium of this machine, from `CHROMIUM_PATH` or PATH; null, and a line that says so, where there is none. */
export async function launchBrowser(): Promise<Browser | null> {
  const executablePath = await findChromium();
  if (executablePath !== null) return chromium.launch({ executablePath, args: ['--no-sandbox'] });
  process.stderr.write(`The console is not tested in a browser: there is no ${NAMES.join(', ')} on PATH.\n`);
  return null;
}

export async function findChromium(): Promise<string | null> {
  const { CHROMIUM_PATH, PATH = '' } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  for (const name of NAMES) {
    const found = await findOnPath(name, PATH);
    if (found !== null) return found;
  }
  return null;
}

export interface Tab {
  page: Page;
  /** What the browser complained about: errors of scripts, and everything that a policy kept from loading. */
  complaints: string[];
  close(): Promise<void>;
}

/** A fresh browser window, which knows nothing of others. */
export async function openTab(browser: Browser | null, options: BrowserContextOptions = {}): Promise<Tab> {
  if (browser === null) throw new Error('there is no browser on this machine');
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return { page, complaints, close: () => context.close() };
}
