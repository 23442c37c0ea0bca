import { existsSync } from 'node:fs';
import puppeteer, { type Page } from 'puppeteer-core';

const installed = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'];

/** A browser for tests. */
export interface TestBrowser {
  newPage(): Promise<Page>;
  stop(): Promise<void>;
}

/**
 * A real browser without a window: the one at `CHROMIUM`, or the machine's.
 * @throws Error if there is none
 */
export async function startBrowser(): Promise<TestBrowser> {
  const executablePath = process.env['CHROMIUM'] ?? installed.find((path) => existsSync(path));
  if (!executablePath)
    throw new Error('No browser for tests: install chromium, or name a Chrome in CHROMIUM.');
  // As root, and in containers, Chromium's own sandbox cannot be set up; it only ever sees pages of this project.
  const args = ['--no-sandbox', '--disable-dev-shm-usage'];
  const browser = await puppeteer.launch({ executablePath, args });
  return { newPage: () => browser.newPage(), stop: () => browser.close() };
}
