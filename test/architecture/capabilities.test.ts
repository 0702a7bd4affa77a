import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readChapters } from '../../scripts/pages/capability-claims.js';
import { inProject, projectRoot } from '../support/project.js';
import { skip } from '../support/skip.js';

const SURVEY = inProject('..', 'shared', 'reference', 'peers.md');
/** Rows of the survey that are about the life of a request: from applying to reporting, the check among them. */
const ASKED = [...range(14, 52), 54, ...range(62, 69)];

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

describe('rows of test/capabilities', () => {
  const chapters = readChapters(projectRoot);
  const rows = chapters.flatMap(({ served }) => served);
  const all = chapters.flatMap(({ served, unserved }) => [...served, ...unserved]);

  it('have names of their own, and words in both languages', () => {
    const ids = rows.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).to.deep.equal([]);
    for (const id of ids) expect(id).to.match(/^[a-z]+(-[a-z]+)*$/);
    for (const { en, zh } of [...all, ...chapters.map(({ title }) => title)]) {
      expect(en).to.match(/[a-z]/);
      expect(zh, en).to.match(/\p{Script=Han}/u);
    }
  });

  it('name operations that are served, and screens that are there', () => {
    const { paths } = JSON.parse(readFileSync(inProject('docs', 'api', 'openapi.json'), 'utf8')) as {
      paths: Record<string, object>;
    };
    const routes = inProject('console', 'src', 'routes');
    const router = readdirSync(routes).map((file) => readFileSync(join(routes, file), 'utf8'));
    for (const { id, route, screen } of rows) {
      const [method = '', path = ''] = route.split(' ');
      expect(Object.keys(paths[path] ?? {}), `${id}: ${route}`).to.include(method.toLowerCase());
      if (screen !== undefined) expect(router.join('\n'), id).to.include(`path: '${screen}'`);
    }
  });

  it('answer every row of the survey, as served or as not served', function () {
    if (!existsSync(SURVEY)) skip(this, 'no folder ../shared/reference beside the repository');
    const numbered = [...readFileSync(SURVEY, 'utf8').matchAll(/^\| (\d+) \| /gm)].map(([, number]) => Number(number));
    expect(numbered).to.include.members(ASKED);
    const answered = new Set(all.flatMap(({ survey = [] }) => survey));
    expect(ASKED.filter((number) => !answered.has(number))).to.deep.equal([]);
    expect([...answered].filter((number) => !numbered.includes(number))).to.deep.equal([]);
  });
});
