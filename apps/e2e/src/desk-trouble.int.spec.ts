import { type Page } from 'puppeteer-core';
import { describeWith } from '@handover/platform/testing';
import { startBrowser } from './system/browser.js';
import { type DeskStub, startDeskStub } from './system/desk-stub.js';
import { until } from './system/until.js';

const start = '2026-11-24T13:15:00.000Z';
const aBriefing = (callbackId: string, more: object = {}) => ({
  callbackId,
  start,
  page: 'Who: Ada Caller, en\nWhat: billing-dispute: Charged twice.',
  opportunities: [{ opportunityId: 'o1', product: 'Paperless plan' }],
  ...more,
});

const text = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent ?? '');
const shown = (page: Page, selector: string) =>
  page.waitForSelector(selector, { visible: true, timeout: 20_000 });
const focused = (page: Page, id: string) => page.waitForSelector(`#${id}:focus`, { timeout: 5_000 });

await describeWith('a desk in trouble', startBrowser, (browser) => {
  let service: DeskStub;
  let page: Page;

  const brief = (callbackId: string, assignment = 1, more: object = {}) =>
    service.tell('briefing', `${callbackId}/${assignment}`, aBriefing(callbackId, more));
  const progress = (callbackId: string, phase: string) =>
    service.tell('progress', `${callbackId}/1`, { callbackId, phase });
  const connected = (times: number) =>
    until('the desk is connected', () => Promise.resolve(service.connections() >= times));
  const posts = (count: number) =>
    until(`${count} posts`, () => Promise.resolve(service.posted.length >= count));

  beforeEach(async () => {
    service = await startDeskStub();
    page = await browser.newPage();
    await page.goto(service.url);
    await connected(1);
  });
  afterEach(async () => {
    await page.close();
    service.stop();
  });

  it('keeps what the agent is writing when the connection is lost and the briefing comes again', async () => {
    brief('c-1');
    progress('c-1', 'connected');
    await shown(page, '#close');
    await page.click('input[value=follow-up]');
    await page.type('#notes', 'Wants the refund');
    service.cut(1);
    await shown(page, '#connection.lost');
    await connected(2);
    brief('c-1', 1, { page: 'Who: Ada Caller, en\nWhat: billing-dispute: Charged thrice.' });
    progress('c-1', 'connected');
    await shown(page, '#briefing ::-p-text(thrice)');
    await page.keyboard.type(' today');
    expect(await page.evaluate("document.getElementById('notes').value")).toBe('Wants the refund today');
    await page.click('#close button');
    await posts(1);
    expect(service.posted[0]?.body).toMatchObject({
      disposition: 'follow-up',
      personal: { notes: 'Wants the refund today' },
    });
  });

  it('begins with an empty form for another callback, and for the same one given once more', async () => {
    for (const [callbackId, assignment] of [
      ['c-1', 1],
      ['c-1', 2],
      ['c-2', 1],
    ] as const) {
      brief(callbackId, assignment, { page: `What: ${callbackId} ${assignment}` });
      await shown(page, `#briefing ::-p-text(${callbackId} ${assignment})`);
      progress(callbackId, 'connected');
      await shown(page, '#close');
      expect(await page.$$('input:checked')).toEqual([]);
      await page.click('input[value=resolved]');
    }
  });

  it('tells once while the service is slow, and says when it does not take it', async () => {
    brief('c-1');
    await shown(page, '#acknowledge');
    await page.click('#acknowledge');
    await shown(page, '#acknowledge[aria-busy=true]');
    await page.click('#acknowledge');
    await posts(1);
    service.posted[0]?.response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
    await shown(page, '#problem');
    expect(await text(page, '#problem')).toBe('It was not taken (502). Please try again.');
    expect(service.posted).toHaveLength(1);
    await page.click('#acknowledge');
    await posts(2);
    service.posted[1]?.response.destroy();
    await shown(page, '#problem::-p-text(may not have arrived)');
  });

  it('does not wait for ever for an answer', async () => {
    brief('c-1');
    await shown(page, '#acknowledge');
    await page.click('#acknowledge');
    await shown(page, '#problem::-p-text(may not have arrived)');
    expect(await page.$('#acknowledge[aria-busy]')).toBeNull();
  });

  it('keeps the keyboard where the page goes on', async () => {
    brief('c-1');
    await focused(page, 'headline');
    await page.keyboard.press('Tab');
    await focused(page, 'acknowledge');
    await page.keyboard.press('Enter');
    await posts(1);
    service.posted[0]?.response.writeHead(200).end('{}');
    progress('c-1', 'ready');
    await focused(page, 'headline');
    progress('c-1', 'connected');
    await shown(page, '#close');
    await page.focus('#notes');
    service.tell('clear', 'c-1/1', { callbackId: 'c-1' });
    await focused(page, 'nothing');
  });

  it('says that nobody was reached instead of a time that is over', async () => {
    brief('c-1');
    progress('c-1', 'ready');
    await shown(page, '#headline::-p-text(You are connected at)');
    progress('c-1', 'ringing');
    progress('c-1', 'ready');
    await shown(page, '#headline::-p-text(Not reached: it will ring again)');
  });

  it('fits a small screen, whatever is written', async () => {
    const word = 'Donaudampfschifffahrtsgesellschaft'.repeat(3);
    await page.setViewport({ width: 320, height: 640 });
    brief('c-1', 1, {
      page: `Who: ${word}\nWhat: ${word} ${word}`,
      opportunities: [{ opportunityId: 'o1', product: word }],
    });
    progress('c-1', 'connected');
    await shown(page, '#close');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });
});
