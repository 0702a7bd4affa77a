import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { projectRoot } from './project.js';

const reasons = new WeakMap<object, string>();

/** The reason a test was skipped with, looked up through its suites; the reporter prints it. */
export function skipReason(test: Mocha.Test | Mocha.Suite | undefined): string | undefined {
  if (test === undefined) return undefined;
  return reasons.get(test) ?? skipReason(test.parent);
}

/** Marks the suite being described as skipped, for a reason that the test run prints. */
export function skipSuite(suite: Mocha.Suite, reason: string): void {
  reasons.set(suite, reason);
  suite.pending = true;
}

/** Skips the running test or, from a `before`, the whole suite, for a reason that the test run prints. */
export function skip(context: Mocha.Context, reason: string): never {
  const runnable = context.test;
  if (runnable !== undefined)
    reasons.set(runnable instanceof Mocha.Hook ? (runnable.parent ?? runnable) : runnable, reason);
  return context.skip();
}

/** Path inside the folder of real data beside the repository; `undefined` where it is absent. */
export function sharedData(...path: string[]): string | undefined {
  const found = join(projectRoot, '..', 'shared', 'data', ...path);
  return existsSync(found) ? found : undefined;
}

/** `describe` for tests that read `../shared/data`: skipped, and said so, where that folder is absent. */
export function describeWithSharedData(title: string, body: (path: (...parts: string[]) => string) => void): void {
  describe(title, function () {
    if (sharedData() === undefined) skipSuite(this, 'no folder ../shared/data beside the repository');
    body((...parts) => join(projectRoot, '..', 'shared', 'data', ...parts));
  });
}
