#!/usr/bin/env node
// The command `tiergate`: a thin door to what was built from src/cli.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = new URL('../dist/src/cli/index.js', import.meta.url);
if (!existsSync(fileURLToPath(built))) {
  console.error('tiergate is not built yet: run `npm run build` in its folder (`npm start` does it by itself)');
  process.exit(3);
}
await import(built);
