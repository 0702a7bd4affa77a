import process from 'node:process';
import { COMMANDS } from './commands.js';
import { runCommandLine } from './run.js';

// `tiergate … | head`: whoever reads has enough, so nobody is left to tell.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: { code?: string }) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });

process.exit(
  await runCommandLine(process.argv.slice(2), COMMANDS, {
    environment: process.env,
    out: (line) => console.log(line),
    tell: (line) => console.error(line),
  }),
);
