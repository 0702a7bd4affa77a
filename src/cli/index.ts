import process from 'node:process';
import { classifyCommand } from './classify.js';
import { migrateCommand } from './migrate.js';
import { runCommandLine } from './run.js';
import { serveCommand } from './serve.js';

/** Every command; a new one is one file and one line here. */
const COMMANDS = [serveCommand, classifyCommand, migrateCommand];

process.exit(
  await runCommandLine(process.argv.slice(2), COMMANDS, {
    environment: process.env,
    out: (line) => console.log(line),
    tell: (line) => console.error(line),
  }),
);
