import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { skipReason } from './skip.js';

const { EVENT_RUN_END, EVENT_SUITE_BEGIN, EVENT_SUITE_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } =
  Mocha.Runner.constants;

/** How long after its last test a process may take to end. */
const LINGERS = 60_000;

/**
 * Prints as little as can be judged: one line per suite with what it took, every failure, every skip with its reason;
 * and leaves the counts, and the failures for `npm test` to repeat at its end, in the file TIERGATE_TEST_OUTCOME names.
 */
class Reporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const skips = new Map<string, number>();
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const failures: string[] = [];
    const perSuite = new Map<string, number>();
    const took = new Map<string, number>();
    let began = 0;
    const isTop = (suite: Mocha.Suite) => suite.parent?.root === true;
    runner.on(EVENT_SUITE_BEGIN, (suite) => {
      if (isTop(suite)) began = performance.now();
    });
    runner.on(EVENT_SUITE_END, (suite) => {
      if (isTop(suite)) took.set(suite.title, (took.get(suite.title) ?? 0) + performance.now() - began);
    });
    runner.on(EVENT_TEST_PASS, (test) => {
      counts.passed += 1;
      const top = test.titlePath()[0] ?? '';
      perSuite.set(top, (perSuite.get(top) ?? 0) + 1);
      if (test.speed === 'slow') console.log(`  slow: ${test.fullTitle()} (${test.duration} ms)`);
    });
    runner.on(EVENT_TEST_FAIL, (test, error: Error) => {
      counts.failed += 1;
      failures.push(`${test.fullTitle()}: ${(error.message ?? String(error)).slice(0, 600)}`);
      console.log(`  ✘ ${test.fullTitle()}`);
    });
    runner.on(EVENT_TEST_PENDING, (test) => {
      counts.skipped += 1;
      const reason = skipReason(test) ?? 'no reason given';
      skips.set(reason, (skips.get(reason) ?? 0) + 1);
    });
    runner.once(EVENT_RUN_END, () => {
      for (const [suite, passed] of perSuite) {
        const seconds = ((took.get(suite) ?? 0) / 1000).toFixed(1);
        console.log(`  ✔ ${suite} (${passed}, ${seconds} s)`);
      }
      for (const [reason, number] of skips) console.log(`  skipped ${number}: ${reason}`);
      if (counts.failed > 0) Mocha.reporters.Base.list(this.failures);
      tellOutcome(counts, failures);
      endWhatLingers(counts, failures);
    });
  }
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

function tellOutcome(counts: Counts, failures: readonly string[]): void {
  const file = process.env['TIERGATE_TEST_OUTCOME'];
  if (file) writeFileSync(file, JSON.stringify({ ...counts, failures }));
  else console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
}

/** A connection that a failed test left open would hold the run up for ever: it is a failure, and names what is open. */
function endWhatLingers(counts: Counts, failures: readonly string[]): void {
  const end = (): void => {
    const open = [...new Set(process.getActiveResourcesInfo())].join(', ');
    const failure = `the process does not end after its last test; open: ${open}`;
    console.log(`  ✘ ${failure}`);
    tellOutcome({ ...counts, failed: counts.failed + 1 }, [...failures, failure]);
    process.exit(1);
  };
  setTimeout(end, LINGERS).unref();
}

export default Reporter;
