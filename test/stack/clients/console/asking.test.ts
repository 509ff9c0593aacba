import type { Locator, Page, Request } from 'playwright-core';
import { anAskableRecording, turnWith } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { orderFault } from '../../../support/sandbox.ts';
import { type Service, startService } from '../../../support/service.ts';
import { type ModelUnderTest, modelAt } from '../../faults/model.ts';
import type { Tab } from './browser.ts';
import { openConsole, prepared } from './stage.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

const browser = await prepared();
const inBrowser = browser === null ? test.skip : test;

const QUESTION = 'When is the launch, and what is the budget?';
const FIRST_WORDS = 'Ben said: “The launch';
const LAST_WORDS = 'nine thousand euros.”';

let service: Service;
let client: Client;
let model: ModelUnderTest;
let callsBefore: number;
let about: string;
let proxy: TcpProxy;
let tab: Tab;
let page: Page;

beforeAll(async () => {
  service = await startService({ settings: { TEMPORAL_UI_URL: 'http://temporal.example' } });
  client = await service.client();
  model = modelAt(service.sandboxUrl, 'gemini');
  const { recording } = await anAskableRecording(client);
  about = `#/new?recording=${recording.id}`;
  proxy = await startTcpProxy(service.url);
}, 120_000);
afterAll(async () => {
  await proxy?.close();
  await service?.stop();
  await browser?.close();
});
beforeEach(async () => {
  callsBefore = await model.calls();
  tab = await openConsole(browser, proxy.url, client, { at: about });
  page = tab.page;
});
afterEach(async () => {
  await model.clear();
  await tab?.close();
});

/** Each piece of the answer takes so long that a test sees it being written. */
const slowly = (ms = 40) => orderFault(service.sandboxUrl, { provider: 'gemini', chunk_delay_ms: ms });
const ask = async (content = QUESTION) => {
  await page.getByLabel('Your question').fill(content);
  await page.keyboard.press('Enter');
};
const answer = (): Locator => page.locator('.answer').last();
const shows = (text: string) => answer().filter({ hasText: text }).waitFor();
/** The answer stands in the session, with what it cost. */
const stored = () => page.getByText('tokens in').waitFor();
const messagesOf = async () => {
  const session = /as_\w+/.exec(page.url())?.[0];
  return (await client.get(`/v1/ask/sessions/${session}/messages`)).body.data;
};
/** The turn whose events are asked for is answered. */
const completed = (events: Request) =>
  turnWith(client, new URL(events.url()).pathname.replace('/events', ''), ['completed']);
/** Requests that this test has cost so far. */
const paid = async () => (await model.calls()) - callsBefore;

describe('asking', () => {
  inBrowser('a first question opens its session, and the answer is shown while it is written', async () => {
    await slowly();
    await ask();
    await shows(FIRST_WORDS);
    expect(await answer().textContent()).not.toContain(LAST_WORDS);
    expect(page.url()).toMatch(/#\/sessions\/as_\w+$/);
    expect(await page.evaluate('document.activeElement.placeholder')).toBe('Ask a question…');
    await stored();
    const [question, said] = await messagesOf();
    expect(await page.locator('.question').textContent()).toContain(question.content);
    expect((await answer().textContent())?.replace(/\s/g, '')).toBe(said.content.replace(/[[\]\s]/g, ''));
    expect(tab.complaints).toEqual([]);
  });

  inBrowser('a citation shows its moment in the transcript, and Escape leads back to it', async () => {
    await ask();
    await stored();
    await page.getByRole('link', { name: '2: show the moment at 1:15' }).click();
    const moment = page.locator('[aria-current=true]');
    await moment.waitFor();
    expect(await moment.textContent()).toContain('the budget for the advertising');
    await page.locator('.highlighted:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.citation:focus', { hasText: '2' }).waitFor();
    expect(await moment.count()).toBe(0);
  });

  inBrowser('a question typed as soon as there is a field for it is sent by Enter', async () => {
    await page.evaluate("location.hash = '#/sessions'");
    await page.getByRole('heading', { name: 'Sessions' }).waitFor();
    await page.evaluate(HOLD_TIMERS);
    await page.evaluate(`location.hash = '${about}'`);
    await page.getByLabel('Your question').fill(QUESTION);
    await page.evaluate(RELEASE_TIMERS);
    await page.keyboard.press('Enter');
    await stored();
  });

  inBrowser('what is written while a session is created, and what was not sent before a reload, is kept', async () => {
    const release = Promise.withResolvers<void>();
    await page.route('**/v1/ask/sessions', async (route) => {
      await release.promise;
      await route.continue();
    });
    const field = page.getByLabel('Your question');
    await ask();
    await field.fill('And who decides?');
    release.resolve();
    await stored();
    expect(await field.inputValue()).toBe('And who decides?');
    await page.reload();
    await stored();
    expect(await field.inputValue()).toBe('And who decides?');
    await page.evaluate("location.hash = '#/new'");
    await page.getByRole('heading', { name: 'New session' }).waitFor();
    expect(await field.inputValue()).toBe('');
  });

  inBrowser('the chosen model answers', async () => {
    await page.getByLabel('Model').selectOption('claude');
    await ask();
    await page.getByText('Sandbox (no model) · ').waitFor();
    expect((await messagesOf())[1].provider).toBe('claude');
  });

  inBrowser('hashed words that stand in for an embedding model are told where passages are searched', async () => {
    let hashed_words = false;
    await page.route('**/v1/providers', (route) =>
      route.fulfill({ json: { data: [], search: { index: 'local', model: null, hashed_words } } }),
    );
    const note = page.getByText('This service has no embedding model.');
    const goTo = async (view: string) => {
      const told = page.waitForResponse('**/v1/providers');
      await page.evaluate(`location.hash = '${view}'`);
      await told;
    };
    await goTo('#/search');
    expect(await note.count()).toBe(0);
    hashed_words = true;
    await goTo('#/new');
    await note.waitFor();
    await goTo(about);
    expect(await note.count()).toBe(0);
    await goTo('#/search');
    await note.waitFor();
  });

  inBrowser('a timeline tells what the turn did, and leads to its run', async () => {
    await ask();
    await stored();
    await page.getByText('Timeline').click();
    await page.locator('.step.completed').first().waitFor();
    const run = await page.getByRole('link', { name: 'Temporal UI' }).getAttribute('href');
    expect(run).toContain('http://temporal.example');
  });
});

describe('what goes wrong', () => {
  inBrowser('an answer goes on where the connection broke, and is paid once', async () => {
    const resumed: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/events')) resumed.push(request.headers()['last-event-id']);
    });
    await slowly();
    await ask();
    await shows(FIRST_WORDS);
    proxy.cut();
    await stored();
    expect(Number(resumed[0])).toBeGreaterThan(1);
    const [, said] = await messagesOf();
    expect((await answer().textContent())?.replace(/\s/g, '')).toBe(said.content.replace(/[[\]\s]/g, ''));
    expect(await paid()).toBe(1);
  });

  inBrowser('a question whose reply got lost is sent again under its key, and paid once', async () => {
    const keys: (string | undefined)[] = [];
    await page.route('**/v1/ask/sessions', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 1) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await ask();
    await stored();
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(await paid()).toBe(1);
    expect(await messagesOf()).toHaveLength(2);
  });

  inBrowser('an answer whose events are gone by now is still shown', async () => {
    await page.route('**/events', async (route) => {
      await completed(route.request());
      await route.fulfill({ status: 410, json: { error: { code: 'gone' } } });
    });
    await slowly();
    await ask();
    await shows(FIRST_WORDS);
    proxy.cut();
    await stored();
    await shows(LAST_WORDS);
  });

  inBrowser('an answer that stands before its events arrive is shown once, with its question', async () => {
    await slowly();
    await ask();
    await shows(FIRST_WORDS);
    const asked = page.getByLabel('Conversation').getByText(QUESTION, { exact: true });
    const release = Promise.withResolvers<void>();
    await page.route('**/events', async (route) => {
      await release.promise;
      await route.continue();
    });
    const followed = page.waitForRequest('**/events');
    await page.reload();
    await completed(await followed);
    await page.reload();
    await stored();
    expect(await asked.count()).toBe(1);
    release.resolve();
    await page.getByText('Timeline').waitFor();
    expect(await asked.count()).toBe(1);
  });

  inBrowser('429: a question that comes too soon waits by itself, and is the same one then', async () => {
    const keys: (string | undefined)[] = [];
    const error = { code: 'rate_limit_exceeded', message: 'More than 100 requests in a minute.' };
    await page.route('**/v1/ask/sessions', (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      const refused = { status: 429, headers: { 'retry-after': '2' }, json: { error } };
      return keys.length === 1 ? route.fulfill(refused) : route.continue();
    });
    await ask();
    await page.getByText('Too many requests in this minute. This goes on by itself in').waitFor();
    await stored();
    expect(keys).toEqual([keys[0], keys[0]]);
  });

  inBrowser('a page that is loaded again in mid-answer shows the rest of it', async () => {
    await slowly();
    await ask();
    await shows(FIRST_WORDS);
    await page.reload();
    await shows(FIRST_WORDS);
    await stored();
    expect(await page.locator('.question').count()).toBe(1);
    expect(await paid()).toBe(1);
  });

  inBrowser('a model that fails is named, and trying again answers the same question', async () => {
    await model.fail(400, 1);
    await ask();
    await page.getByRole('alert').filter({ hasText: 'The model did not answer' }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await stored();
    expect((await messagesOf()).map(({ role }: { role: string }) => role)).toEqual(['user', 'assistant']);
  });

  inBrowser('an answer that begins anew drops what was said before', async () => {
    await orderFault(service.sandboxUrl, { provider: 'gemini', truncate: true, chunk_delay_ms: 20 });
    await slowly();
    await page.evaluate(COUNT_BEGINNINGS);
    await ask();
    await stored();
    expect(await paid()).toBe(2);
    expect(await page.evaluate('mostBeginnings')).toBe(1);
  });

  inBrowser('a question can be stopped, and asked again', async () => {
    await slowly(300);
    await ask();
    await shows('Ben');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped. The question is kept.').waitFor();
    await page.getByRole('button', { name: 'Ask again' }).click();
    await stored();
    expect(await messagesOf()).toHaveLength(2);
  });

  inBrowser('a service without Temporal says so, and that nothing is lost', async () => {
    const cut = await startService({ worker: false, settings: { TEMPORAL_ADDRESS: '127.0.0.1:9' } });
    try {
      const cutClient = await cut.client();
      await cutClient.post('/v1/end_users', {});
      const lame = await openConsole(browser, cut.url, cutClient, { at: '#/new' });
      await lame.page.getByLabel('Your question').fill(QUESTION);
      await lame.page.keyboard.press('Enter');
      const alert = lame.page.getByRole('alert');
      await alert.waitFor();
      expect(await alert.textContent()).toMatch(/A part of the service is down.*Try again in \d+ s/);
      await lame.close();
    } finally {
      await cut.stop();
    }
  });
});

/** What the page puts off to its next frame comes late, as on a machine that is busy. */
const HOLD_TIMERS = `
  var held = [];
  var timers = { setTimeout, requestAnimationFrame };
  window.setTimeout = window.requestAnimationFrame = (callback) => held.push(callback);
`;
const RELEASE_TIMERS = `
  Object.assign(window, timers);
  held.forEach((callback) => callback());
  new Promise((resolve) => setTimeout(resolve));
`;

/** Notes how often, at most, the beginning of the answer stood in it at once. */
const COUNT_BEGINNINGS = `
  var mostBeginnings = 0;
  new MutationObserver(() => {
    const text = document.querySelector('.answer')?.textContent ?? '';
    mostBeginnings = Math.max(mostBeginnings, text.split('Ben said').length - 1);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
`;
