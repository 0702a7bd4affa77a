import { cpSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { describeInChromium } from './chromium.js';
import { type ConsoleLanguage, ConsoleUser } from './console.js';
import { Place, RunningProduct } from './product.js';

let seeding: Promise<Place> | undefined;

/** The demo, seeded once for all suites of this process and closed in order; each takes a copy. */
async function seededOnce(): Promise<Place> {
  const place = new Place();
  process.once('exit', () => place.remove());
  await (await RunningProduct.start(place)).stop();
  return place;
}

/** A place of its own that begins as the freshly seeded demo does, a copy of its database and files. */
export async function seededPlace(): Promise<Place> {
  seeding ??= seededOnce();
  const template = await seeding;
  const place = new Place();
  cpSync(template.folder, place.folder, { recursive: true });
  return place;
}

/** A product that runs on the seeded demo, and a browser beside it. */
export interface Desk {
  readonly address: string;
  readonly place: Place;
  /** Somebody at the console, signed in where a name is given. */
  open(language: ConsoleLanguage, username?: string, width?: number): Promise<ConsoleUser>;
}

/** `describe` for tests of the console: one running product and one browser for the suite. */
export function describeAtDesk(title: string, body: (desk: Desk) => void): void {
  describeInChromium(title, (browser) => {
    let place: Place | undefined;
    let product: RunningProduct | undefined;
    before(async function () {
      this.timeout(240_000);
      place = await seededPlace();
      product = await RunningProduct.start(place);
    });
    after(async () => {
      await product?.stop();
      place?.remove();
    });
    body(deskOf(browser, () => ({ place: place as Place, product: product as RunningProduct })));
  });
}

function deskOf(browser: () => Browser, running: () => { place: Place; product: RunningProduct }): Desk {
  return {
    get address() {
      return running().product.address;
    },
    get place() {
      return running().place;
    },
    open: async (language, username, width) => {
      const user = await ConsoleUser.open(browser(), running().product.address, language, width);
      if (username !== undefined) await user.signIn(username);
      return user;
    },
  };
}
