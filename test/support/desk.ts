import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { describeInChromium } from './chromium.js';
import { type ConsoleLanguage, ConsoleUser } from './console.js';
import { Place, RunningProduct } from './product.js';

let seeding: Promise<string> | undefined;

/**
 * The folder of a demo that was seeded and closed in order: one for all processes of an `npm test`, which share a folder
 * for their records; elsewhere one for this process.
 */
async function seededOnce(): Promise<string> {
  const shared = process.env['TIERGATE_TEST_RECORDS'];
  const kept = shared === undefined ? undefined : join(shared, 'seeded-demo');
  if (kept !== undefined && existsSync(kept)) return kept;
  const place = new Place();
  process.once('exit', () => place.remove());
  await (await RunningProduct.start(place)).stop();
  if (kept === undefined) return place.folder;
  const copy = `${kept}.${process.pid}`;
  cpSync(place.folder, copy, { recursive: true });
  try {
    renameSync(copy, kept);
  } catch {
    // Another process was first, and its copy is as good.
    rmSync(copy, { recursive: true });
  }
  return kept;
}

/** A place of its own that begins as the freshly seeded demo does, a copy of its database and files. */
export async function seededPlace(): Promise<Place> {
  seeding ??= seededOnce();
  const place = new Place();
  cpSync(await seeding, place.folder, { recursive: true });
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
