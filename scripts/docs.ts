// `npm run docs`: writes the pages of docs/ that are made from the code. A test fails when they differ.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedPages } from './pages/index.js';

const root = process.cwd();
for (const [path, text] of await generatedPages(root)) {
  const file = join(root, path);
  const same = existsSync(file) && readFileSync(file, 'utf8') === text;
  mkdirSync(dirname(file), { recursive: true });
  if (!same) writeFileSync(file, text);
  console.log(`${same ? 'unchanged' : 'written  '} ${path}`);
}
