// Finds a Chromium for the browser tests, or installs Debian's with fonts that can write Chinese.
import { spawnSync } from 'node:child_process';
import { findProgram, installPackages } from './mariadb.mjs';

/** The same engine without a window: for these tests at half the processor time of the whole browser. */
const SHELL = 'chromium-headless-shell';
const NAMES = [SHELL, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const canWriteChinese = () => {
  const list = findProgram('fc-list');
  return list !== undefined && spawnSync(list, [':lang=zh', 'family'], { encoding: 'utf8' }).stdout.trim() !== '';
};

/** The browser program, or the reason why there is none. `TIERGATE_CHROMIUM` names one. */
export function findChromium() {
  const named = process.env.TIERGATE_CHROMIUM;
  if (named) {
    return findProgram(named) || spawnSync(named, ['--version']).status === 0
      ? { program: named, how: `TIERGATE_CHROMIUM names ${named}` }
      : { reason: `TIERGATE_CHROMIUM names ${named}, which does not run` };
  }
  // Continuous integration has both or gets it; at a desk the browser that is there will do.
  if (process.env.CI === 'true' && findProgram(SHELL) === undefined) installPackages(SHELL);
  const found = findProgram(...NAMES);
  if (found !== undefined && canWriteChinese()) return { program: found, how: `found ${found}` };
  const reason = installPackages(...(found === undefined ? [SHELL] : []), 'fonts-noto-cjk');
  const program = findProgram(...NAMES);
  if (program === undefined) return { reason: `no Chromium on PATH, and ${reason}` };
  if (found !== undefined)
    return { program, how: `found ${program}, ${reason ? `no Chinese fonts: ${reason}` : 'installed Chinese fonts'}` };
  return { program, how: `installed ${program}` };
}
