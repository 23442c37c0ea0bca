import { type Page } from 'puppeteer-core';
import { describeWith } from '@handover/platform/testing';
import { startBrowser } from './system/browser.js';
import { Caller, type HandoverAnswer } from './system/caller.js';
import { aCentre } from './system/centre.js';
import { type Standalone, startStandalone } from './system/standalone.js';
import { until } from './system/until.js';

/** What a caller might be called who wants to run something on the agent's screen. */
const name = '<img src=x onerror="document.title=1">';

const text = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent ?? '');
const shown = async (page: Page, selector: string): Promise<void> => {
  await page.waitForSelector(selector, { visible: true, timeout: 30_000 });
};
const phase = (page: Page, label: string): Promise<void> =>
  shown(page, `#phases [aria-current]::-p-text(${label})`);

await describeWith("an agent's desk in a browser", startBrowser, (browser) => {
  let system: Standalone;
  let caller: Caller;
  let handover: HandoverAnswer;
  let callbackId: string;
  let page: Page;

  beforeAll(async () => {
    // Callbacks are put before an agent at once, who then has time to read.
    system = await startStandalone(30, {
      HANDOVER_DIALING_LEAD_SECONDS: '600',
      HANDOVER_DIALING_ACKNOWLEDGE_SECONDS: '3600',
    });
    const centre = await aCentre(system);
    caller = new Caller(system, centre);
    const context = caller.context({
      opportunities: [
        {
          opportunityId: 'o1',
          product: 'Paperless plan',
          expiresAt: new Date(system.now() + 864e5).toISOString(),
        },
      ],
      personal: { phoneNumber: '+41445551000', name, summary: 'Charged twice.' },
    });
    handover = await caller.handsOver(context);
    await caller.accepts(handover, handover.offers[0]);
    const { appointment } = await caller.reaches(handover.handoverId, 'scheduled');
    callbackId = String(appointment?.appointmentId);
    const agentId = await until('an agent has the briefing', async () => {
      const { body } = await system.call<{ agentId?: string }>('GET', `/v1/callbacks/${callbackId}`);
      return body.agentId;
    });
    page = await browser.newPage();
    await page.goto(`${system.url}/desk/${agentId}`);
  }, 90_000);
  afterAll(() => system?.stop());

  it('asks who works here, and knows who does not', async () => {
    const other = await browser.newPage();
    await other.goto(`${system.url}/desk`);
    await shown(other, '#sign-in');
    await other.type('#agent-id', 'nobody at all');
    await Promise.all([other.waitForNavigation(), other.click('#sign-in button')]);
    await shown(other, '#idle');
    expect(await text(other, '#agent')).toBe('nobody at all');
    await shown(other, '#last::-p-text(No agent has this id)');
    await other.close();
  });

  it('shows the briefing, and what the caller said only as text', async () => {
    await shown(page, '#callback');
    expect(await text(page, '#headline')).toMatch(/^Call at .*: please read$/);
    expect(await text(page, '#briefing')).toContain(name);
    expect(await text(page, '#briefing')).toContain('Charged twice.');
    expect(await page.$$('#briefing img')).toEqual([]);
    expect(await page.title()).toBe('Read · Handover');
  });

  it('lets the agent acknowledge, rings, and says when the caller is on the line', async () => {
    await page.click('#acknowledge');
    await phase(page, 'Talking');
    expect(await text(page, '#headline')).toBe('The caller is on the line');
  });

  it('shows the same after it was loaded again', async () => {
    await page.reload();
    await phase(page, 'Talking');
    expect(await text(page, '#briefing')).toContain('Charged twice.');
    expect(await text(page, '#briefing')).not.toContain('not reached');
  });

  it('shows why something is refused, in the words of the API', async () => {
    // Nobody can choose this on the page: an older page might offer it.
    await page.$eval('input[value=resolved]', (choice) => choice.setAttribute('value', 'solved'));
    await page.click('input[value=solved]');
    await page.click('#close button');
    await shown(page, '#problem');
    expect(await text(page, '#problem')).toMatch(/disposition: .*resolved/);
    await page.$eval('input[value=solved]', (choice) => choice.setAttribute('value', 'resolved'));
  });

  it('closes the callback with its disposition and what became of the offer', async () => {
    await page.click('input[value=resolved]');
    await page.select('#opportunities select', 'accepted');
    await page.click('#close button');
    await shown(page, '#idle');
    await caller.reaches(handover.handoverId, 'completed');
    const { events, outcome } = await caller.history(handover.handoverId);
    expect(outcome).toMatchObject({ disposition: 'resolved', contextPreserved: true, reached: true });
    expect(events.find(({ type }) => type === 'CallbackCompleted')?.data).toMatchObject({
      opportunities: [{ opportunityId: 'o1', outcome: 'accepted' }],
      reAsked: false,
    });
  });
});
