import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { inProject } from './project.js';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type ConsoleLanguage = (typeof LANGUAGES)[number];
/** Milliseconds without a request after which a screen is taken as complete. */
const QUIET = 120;
/** What a screen shows while it waits: on a busy machine it may not have asked yet when all is quiet. */
const WAITING = 'main .mantine-Skeleton-root, main [aria-busy="true"]';
export const WIDTHS = { desk: 1440, phone: 390 } as const;

type Tree = { readonly [key: string]: string | Tree };
const texts = (language: ConsoleLanguage): Tree => {
  const file = inProject('console', 'src', 'messages', `${language === 'en' ? 'en' : 'zh'}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Tree;
};
const README = readFileSync(inProject('README.md'), 'utf8');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Whether this document has it from an earlier look: to read it again takes as long as half a look. */
const HAS_AXE = 'typeof axe !== "undefined"';
const RUN_AXE = `axe.run({ resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
  .then((result) => result.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ') + ' ' + (node.any[0]?.message ?? '')).join(' | ')))`;

/** Chosen tabs of a row that scrolls, when it does not show all of their words: around these are 14 px of blank. */
const OUT_OF_SIGHT = `[...document.querySelectorAll('main nav [aria-current]')].filter((tab) => {
  const [own, row] = [tab, tab.closest('nav')].map((one) => one.getBoundingClientRect());
  return own.left < row.left - 8 || own.right > row.right + 8;
}).map((tab) => tab.textContent)`;

/** Somebody at the console: a browser context of their own, with the words of their language. */
export class ConsoleUser {
  /** What the browser complained of: errors of scripts, and what the content security policy stopped. */
  readonly complaints: string[] = [];
  private readonly words: Tree;
  /** Requests on the way. */
  private pending = 0;

  private constructor(
    readonly address: string,
    readonly language: ConsoleLanguage,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    this.words = texts(language);
    page.on('request', () => this.pending++);
    page.on('requestfinished', () => this.pending--);
    page.on('requestfailed', () => this.pending--);
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      const text = message.text();
      // An answer of 4xx is part of the conversation, and the browser notes it by itself.
      if (message.type() === 'error' && !text.startsWith('Failed to load resource')) this.complaints.push(text);
    });
  }

  static async open(
    browser: Browser,
    address: string,
    language: ConsoleLanguage,
    width: number = WIDTHS.desk,
  ): Promise<ConsoleUser> {
    const context = await browser.newContext({
      locale: language,
      viewport: { width, height: width > 1000 ? 900 : 844 },
    });
    context.setDefaultTimeout(30_000);
    return new ConsoleUser(address, language, context, await context.newPage());
  }

  /** The text of a message key, with `{{places}}` filled. */
  say(key: string, values: Readonly<Record<string, string | number>> = {}): string {
    const found = key
      .split('.')
      .reduce<string | Tree | undefined>(
        (node, part) => (typeof node === 'object' ? node[part] : undefined),
        this.words,
      );
    if (typeof found !== 'string') throw new Error(`no text ${key} in ${this.language}`);
    return found.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(values[name] ?? ''));
  }

  async visit(path: string): Promise<void> {
    await this.page.goto(this.address + path);
    await this.settled();
  }
  /** Waits until the heading stands, nothing is on the way, and no part of the screen says that it waits. */
  async settled(): Promise<void> {
    await this.page.locator('main h1').first().waitFor();
    await this.quiet();
    await this.page.locator(WAITING).first().waitFor({ state: 'detached' });
  }
  /** Until nothing has been on the way for a moment: what was read is then on the screen. */
  private async quiet(): Promise<void> {
    const patience = Date.now() + 30_000;
    for (let since = Date.now(); Date.now() - since < QUIET; await sleep(20)) {
      if (this.pending > 0) since = Date.now();
      if (Date.now() > patience) throw new Error(`${this.pending} requests are still on the way`);
    }
  }
  async heading(text: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor();
  }
  async press(key: string, values?: Readonly<Record<string, string | number>>): Promise<void> {
    await this.page
      .locator('main')
      .getByRole('button', { name: this.say(key, values), exact: true })
      .click();
  }
  async fill(key: string, text: string): Promise<void> {
    await this.page.locator('main').getByLabel(this.say(key)).first().fill(text);
  }

  /** Signs in on the screen that stands there, or goes to it first. */
  async signIn(username: string, go = true): Promise<void> {
    if (go) await this.visit('/sign-in');
    await this.page.locator('input[name=username]').fill(username);
    await this.page.locator('input[name=password]').fill('tiergate-demo');
    await this.press('action.signIn');
    await this.page.waitForURL((url) => url.pathname !== '/sign-in');
    await this.page.locator('.account').waitFor({ state: 'attached' });
  }

  /** Presses a command's button, fills its form, and waits until it is done. */
  async command(name: string, fill?: () => Promise<void>): Promise<void> {
    const label = this.say(`codes.command.${name}`);
    await this.page.locator(`button[data-command="${name}"]`).click();
    if (fill !== undefined) {
      await fill();
      await this.page.locator(`form[data-command="${name}"]`).getByRole('button', { name: label, exact: true }).click();
    }
    await this.page.getByText(this.say('command.done', { command: label })).waitFor();
    await this.quiet();
  }
  /** The commands offered now. */
  async commands(): Promise<string[]> {
    return this.page
      .locator('button[data-command]')
      .evaluateAll((buttons) =>
        buttons.map(
          (button) => (button as { getAttribute(name: string): string | null }).getAttribute('data-command') ?? '',
        ),
      );
  }

  /** No accessibility violation, nothing wider than the window, no complaint of the browser. */
  async isSound(what: string): Promise<void> {
    await this.settled();
    const wide = await this.page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(wide, `${what}: wider than the window`).to.be.at.most(0);
    expect(await this.page.evaluate<string[]>(OUT_OF_SIGHT), `${what}: chosen and out of sight`).to.deep.equal([]);
    // Half under the header that stays on top, anything would count as too small.
    await this.page.evaluate('window.scrollTo(0, 0)');
    if (!(await this.page.evaluate<boolean>(HAS_AXE))) await this.page.evaluate(AXE);
    expect(await this.page.evaluate<string[]>(RUN_AXE), what).to.deep.equal([]);
    expect(this.complaints, what).to.deep.equal([]);
    expect(await this.page.evaluate<string>('document.documentElement.lang'), what).to.equal(this.language);
  }

  /** Kept only when asked for (`TIERGATE_SCREENSHOTS=1`), and only where the README shows it. */
  async picture(name: string, fullPage = false): Promise<void> {
    if (process.env['TIERGATE_SCREENSHOTS'] !== '1') return;
    const { width = 1440 } = this.page.viewportSize() ?? {};
    const file = `docs/screenshots/${name}-${this.language}-${width}.png`;
    if (!README.includes(file)) return;
    await this.page.mouse.move(0, 0);
    await this.page.evaluate('window.scrollTo(0, 0)');
    await this.page.screenshot({ path: inProject(file), fullPage, animations: 'disabled' });
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
