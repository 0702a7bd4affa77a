import { classifyFile } from '../../../src/classification/index.js';

/**
 * `node classify-once.js <file>`: one file in a process of its own; prints rows, tier, seconds until tier and reasons stood,
 * seconds with risk and advice, and peak memory as JSON.
 */
const started = performance.now();
const since = (): number => (performance.now() - started) / 1000;
let judged: number | null = null;
const onVerdict = (): void => {
  judged = since();
};
const report = await classifyFile(process.argv[2] ?? '', { declared: 'open', onVerdict });
const whole = since();
const megabytes = (process.resourceUsage().maxRSS * 1024) / 1e6;
const outcome =
  report.kind === 'refused'
    ? { rows: 0, tier: report.code, rules: 0 }
    : { rows: report.rows, tier: report.verdict.tier, rules: report.verdict.rules.length };
console.log(JSON.stringify({ ...outcome, seconds: judged ?? whole, whole, megabytes }));
