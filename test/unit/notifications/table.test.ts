import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DEADLINE_KINDS } from '../../../src/applications/domain/deadlines.js';
import { DUTIES, HOLD_CAUSES } from '../../../src/grants/domain/grant.js';
import { PROCEEDING_KINDS, PROCEEDING_OUTCOMES } from '../../../src/kernel/proceeding.js';
import { faultsOfTable, lineOf, type NotificationTable } from '../../../src/notifications/domain/table.js';
import { alwaysFilled, mayBeFilled } from '../../../src/notifications/domain/told-events.js';
import { filled } from '../../../src/notifications/domain/wording.js';
import { loadNotificationTable } from '../../../src/notifications/policy-files.js';
import { COMPLAINT_OUTCOMES } from '../../../src/supervision/domain/complaint.js';
import { DEMAND_OUTCOMES } from '../../../src/supervision/domain/demand.js';
import { STEPS } from '../../../src/supervision/domain/ladder.js';
import { inProject } from '../../support/project.js';

const HAN = /\p{Script=Han}/u;
const CHAPTERS = [
  'src/applications/domain/events.ts',
  'src/grants/domain/events.ts',
  'src/supervision/domain/violation.ts',
  'src/supervision/domain/sanction.ts',
  'src/supervision/domain/demand.ts',
  'src/supervision/domain/complaint.ts',
  'src/evidence/domain/events.ts',
];
/** Chapters whose events have no type of their own. */
const OTHERS = [
  ...['recorded', 'proposed', 'confirmed', 'overridden', 'returned', 'superseded'].map((what) => `assessment.${what}`),
  ...['filed', 'upheld', 'rejected', 'withdrawn'].map((what) => `objection.${what}`),
  ...['created', 'suspended', 'resumed'].map((what) => `organisation.${what}`),
  ...['made', 'revoked'].map((what) => `grant.key-${what}`),
  'reminder.due',
];

describe('the table of notifications', () => {
  const table = loadNotificationTable(inProject('policies'));
  const lines = Object.entries(table.events).flatMap(([event, all]) => all.map((line) => ({ event, line })));

  it('tells of every event of its chapters, or says why not', () => {
    const events = CHAPTERS.flatMap((file) =>
      [...readFileSync(inProject(file), 'utf8').matchAll(/readonly '([a-z]+\.[a-z-]+)'/g)].map(([, name = '']) => name),
    );
    expect(events.length).to.be.above(45);
    expect(Object.keys({ ...table.events, ...table.silent }).sort()).to.deep.equal([...events, ...OTHERS].sort());
  });

  it('has Chinese in Chinese, English in English, and ends its sentences', () => {
    for (const { event, line } of lines) {
      expect(line.title.zh, event).to.match(HAN);
      expect(line.text.zh, event).to.match(/。\]?$/);
      for (const part of [line.title.en, line.text.en]) expect(part, event).to.not.match(HAN);
      expect(line.text.en, event).to.match(/\.\]?$/);
    }
  });

  it('has a word for each code of the closed lists', () => {
    const families = {
      deadline: DEADLINE_KINDS,
      proceeding: PROCEEDING_KINDS,
      result: PROCEEDING_OUTCOMES,
      cause: [...HOLD_CAUSES, 'limit'],
      duty: DUTIES,
      step: STEPS,
      outcome: [...DEMAND_OUTCOMES, ...COMPLAINT_OUTCOMES],
      tier: ['open', 'conditional', 'restricted'],
    };
    expect(Object.keys(table.words).sort()).to.deep.equal(Object.keys(families).sort());
    for (const [family, codes] of Object.entries(families))
      expect(Object.keys(table.words[family] ?? {}).sort(), family).to.deep.equal([...codes].sort());
  });

  it('reads well with everything there, and with all that may be missing left out', () => {
    for (const { event, line } of lines) {
      const always = Object.fromEntries(alwaysFilled(event).map((name) => [name, `<${name}>`]));
      const all = { ...always, ...Object.fromEntries(mayBeFilled(event).map((name) => [name, `<${name}>`])) };
      for (const language of ['zh', 'en'] as const)
        for (const values of [always, all])
          for (const part of [line.title, line.text]) {
            const said = filled(part[language], values, table.words, language);
            expect(said, event).to.not.match(/[{}[\]—]| {2}|\s$|^\s/);
          }
    }
  });

  it('finds the text of a stored key again, or says that there is none', () => {
    expect(lineOf(table, 'application.accepted/accepted')?.to).to.equal('handlers');
    expect(lineOf(table, 'application.accepted/gone')).to.equal(undefined);
    expect(lineOf(table, 'nothing')).to.equal(undefined);
  });

  describe('is refused', () => {
    const line = lineOf(table, 'application.accepted/accepted');
    if (line === undefined) throw new Error('no line');
    const withLine = (change: object, event = 'application.accepted'): NotificationTable => ({
      ...table,
      events: { ...table.events, [event]: [{ ...line, ...change }] },
    });
    const both = (text: string) => ({ en: text, zh: text });
    const cases: readonly (readonly [string, NotificationTable, RegExp])[] = [
      ['a circle nobody is in', withLine({ to: 'stewards' }), /nobody is called stewards/],
      ['a place that is not always there', withLine({ text: both('{due}') }), /\{due\} is not always there/],
      ['a place that does not exist', withLine({ text: both('[{scenario}]') }), /there is no \{scenario\}/],
      ['brackets that do not pair', withLine({ title: both('[{due}') }), /do not pair/],
      [
        'languages that say different things',
        withLine({ text: { en: '{number}', zh: '{dataset}' } }),
        /different things/,
      ],
      ['an event of nobody', withLine({}, 'catalogue.imported'), /no event of a chapter/],
      ['two texts of one name', { ...table, events: { 'application.accepted': [line, line] } }, /two texts accepted/],
      ['an event both told and silent', { ...table, silent: { 'application.accepted': 'why' } }, /told and silent/],
    ];
    for (const [what, wrong, fault] of cases)
      it(`for ${what}`, () => expect(faultsOfTable(wrong).join('; ')).to.match(fault));

    it('at the start, for a text in one language only', () => {
      const folder = mkdtempSync(join(tmpdir(), 'tiergate-policies-'));
      try {
        cpSync(inProject('policies'), folder, { recursive: true });
        const file = join(folder, 'notifications.yaml');
        const text = readFileSync(file, 'utf8');
        writeFileSync(file, text.replace(/, zh: '申请 \{number\} 已受理'/, ''));
        expect(() => loadNotificationTable(folder)).to.throw(/accepted.*zh|zh/);
        writeFileSync(file, text.replace('by {due}.]', 'by {duo}.]'));
        expect(() => loadNotificationTable(folder)).to.throw(/duo/);
        writeFileSync(file, text);
        expect(loadNotificationTable(folder).near).to.deep.equal(table.near);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });
});
