import { type Browser, chromium } from 'playwright-core';
import { skipSuite } from './skip.js';

/** The browser program `npm test` found; `undefined` where there is none. */
export const testChromium = (): string | undefined => process.env['TIERGATE_CHROMIUM'] || undefined;

/** As root in a container with a small /dev/shm; nothing in the background that talks to anybody. */
const FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=zh-CN',
];

/** Starts the browser; the flags let it run as root in a container with a small /dev/shm. */
export function launchChromium(): Promise<Browser> {
  const executablePath = testChromium();
  if (executablePath === undefined) throw new Error('TIERGATE_CHROMIUM is not set');
  return chromium.launch({ executablePath, args: FLAGS });
}

/** `describe` for tests in a browser: one browser for the suite; skipped, and said so, where there is none. */
export function describeInChromium(title: string, body: (browser: () => Browser) => void): void {
  describe(title, function () {
    this.timeout(240_000);
    let browser: Browser | undefined;
    if (testChromium() === undefined) skipSuite(this, 'no Chromium: TIERGATE_CHROMIUM is not set');
    before(async () => {
      browser = await launchChromium();
    });
    after(() => browser?.close());
    body(() => {
      if (browser === undefined) throw new Error('the browser is not started yet');
      return browser;
    });
  });
}
