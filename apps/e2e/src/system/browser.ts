import { existsSync } from 'node:fs';
import puppeteer, { type Browser } from 'puppeteer-core';

const installed = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'];

/**
 * A real browser without a window: the one at `CHROMIUM`, or the machine's.
 * @throws Error if there is none
 */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? installed.find((path) => existsSync(path));
  if (!executablePath)
    throw new Error('No browser for tests: install chromium, or name a Chrome in CHROMIUM.');
  // As root, and in containers, Chromium's own sandbox cannot be set up; it only ever sees pages of this project.
  return puppeteer.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
