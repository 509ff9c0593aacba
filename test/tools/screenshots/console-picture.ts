import type { Browser, BrowserContextOptions } from 'playwright-core';
import { DEMO_QUESTION } from '../../../src/local/stack/demo/demo-meetings.ts';

export interface ConsolePicture {
  /** Address of the API. */
  api: string;
  key: string;
  recording: string;
  /** Whether the timeline, and beside the answer the moment of its first citation, are shown. */
  moment: boolean;
  look: BrowserContextOptions;
  /** Where the picture goes. */
  path: string;
}

/** A recording that is asked about in the console. */
export async function takeConsole(browser: Browser, picture: ConsolePicture): Promise<void> {
  const { api, key, recording, moment, look, path } = picture;
  const page = await browser.newPage(look);
  await page.goto(`${api}/#/new?recording=${recording}`);
  await page.getByLabel('API key').fill(key);
  await page.getByRole('button', { name: 'Use this key' }).click();
  await page.getByLabel('Your question').fill(DEMO_QUESTION);
  await page.keyboard.press('Enter');
  await page.getByText('tokens in').waitFor();
  if (moment) {
    await page.getByText('Timeline').click();
    await page.locator('.step').first().waitFor();
    await page.locator('.citation').first().click();
    await page.locator('.segment.highlighted').waitFor();
  }
  await page.screenshot({ path });
  await page.close();
}
