import process from 'node:process';
import { COMMANDS } from './commands.js';
import { runCommandLine } from './run.js';

// `tiergate … | head`: whoever reads has enough, so nobody is left to tell.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: { code?: string }) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });

const code = await runCommandLine(process.argv.slice(2), COMMANDS, {
  environment: process.env,
  out: (line) => console.log(line),
  tell: (line) => console.error(line),
});

/** Comes when whoever reads has all that was written: an exit before it cuts a long answer off. */
const drained = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => stream.write('', () => resolve()));
await Promise.all([drained(process.stdout), drained(process.stderr)]);
process.exit(code);
