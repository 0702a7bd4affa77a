import process from 'node:process';
import { adminCreateCommand } from './admin.js';
import { auditVerifyCommand } from './audit.js';
import { backupCommand } from './backup.js';
import { classifyCommand } from './classify.js';
import { doctorCommand } from './doctor.js';
import { fuseCommand } from './fuse.js';
import { importCommand } from './import.js';
import { migrateCommand } from './migrate.js';
import { policiesCheckCommand } from './policies.js';
import { policiesExportCommand } from './policies-export.js';
import { redactCommand } from './redact.js';
import { runCommandLine } from './run.js';
import { seedCommand } from './seed.js';
import { serveCommand } from './serve.js';

/** Every command; a new one is one file and one line here. */
const COMMANDS = [
  serveCommand,
  seedCommand,
  importCommand,
  classifyCommand,
  redactCommand,
  fuseCommand,
  policiesCheckCommand,
  policiesExportCommand,
  migrateCommand,
  auditVerifyCommand,
  backupCommand,
  adminCreateCommand,
  doctorCommand,
];

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
