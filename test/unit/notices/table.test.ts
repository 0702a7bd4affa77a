import { expect } from 'chai';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OVERTURNING } from '../../../src/kernel/proceeding.js';
import { PURPOSES } from '../../../src/kernel/purpose.js';
import { GRANT_STATES, HOLD_CAUSES } from '../../../src/grants/domain/grant.js';
import { faultsOfNotices } from '../../../src/notices/domain/faults-of-table.js';
import { PLACES } from '../../../src/notices/domain/places.js';
import { askedFor, issuedTemplate, type NoticeTable, written } from '../../../src/notices/domain/template.js';
import { templateHash } from '../../../src/notices/notice-file.js';
import { loadNoticeTable } from '../../../src/notices/policy-files.js';
import { STEPS } from '../../../src/supervision/domain/ladder.js';
import { inProject } from '../../support/project.js';

const HAN = /\p{Script=Han}/u;
const table = loadNoticeTable(inProject('policies'));
const kinds = Object.keys(table.notices);

/** The table with one notice, or one member of the whole, written otherwise. */
const withNotice = (kind: string, change: object): NoticeTable => ({
  ...table,
  notices: { ...table.notices, [kind]: { ...table.notices[kind], ...change } as never },
});
const faults = (kind: string, change: object): string => faultsOfNotices(withNotice(kind, change)).join('\n');

describe('the table of notices', () => {
  it('has a notice for every official act of a case, a grant and a measure', () => {
    const acts = [
      'acceptance correction extension approval partial-approval refusal withdrawal abandonment closing grant',
      'review-upheld review-reopened reopening suspension resumption limitation revocation',
      'hearing dismissal interim-suspension warning measure restriction measure-lifted measure-ended',
    ];
    expect(kinds.sort()).to.deep.equal(acts.join(' ').split(' ').sort());
    const told = new Set(Object.values(table.notices).flatMap(({ on }) => on.map(({ event }) => event)));
    expect([...told].sort(), 'what can be said of an event is said').to.deep.equal(Object.keys(PLACES).sort());
  });

  it('knows each by what its event says', () => {
    const asked = (event: string, data: object): string | null => askedFor(table, event, data as never);
    expect(asked('application.accepted', {})).to.equal('acceptance');
    expect(asked('application.submitted', {}), 'it waits to be accepted').to.equal(null);
    expect(asked('application.submitted', { enters: 'holder' }), 'a renewal is not accepted anew').to.equal(
      'acceptance',
    );
    expect(asked('application.appeal-decided', { outcome: 'upheld' })).to.equal('review-upheld');
    expect(asked('application.appeal-decided', { outcome: 'reopened' })).to.equal('review-reopened');
    for (const cause of OVERTURNING)
      expect(asked('application.appeal-decided', { outcome: 'reopened', cause }), cause).to.equal('reopening');
    expect(asked('grant.suspended', { cause: 'supervision' })).to.equal('suspension');
    expect(asked('grant.suspended', { cause: 'sanction' }), 'the measure has its own').to.equal(null);
    expect(asked('grant.limited', { reason: 'x' })).to.equal('limitation');
    expect(asked('grant.limited', { reason: 'x', sanction: 'S' })).to.equal(null);
    for (const step of STEPS)
      expect(asked('sanction.imposed', { interim: false, step }), step).to.equal(
        step === 'warning' ? 'warning' : step === 'restrict' ? 'restriction' : 'measure',
      );
    expect(asked('sanction.imposed', { interim: true, step: 'suspend' })).to.equal('interim-suspension');
    expect(asked('sanction.ended', { cause: 'superseded' }), 'the next one says it').to.equal(null);
    for (const inner of ['claimed', 'remarked', 'advised', 'consulted'])
      expect(asked(`application.${inner}`, {}), inner).to.equal(null);
  });

  it('has Chinese in Chinese and English in English, with a word for each code', () => {
    for (const [kind, { zh, en }] of Object.entries(table.notices)) {
      const lines = [zh.title, ...zh.text.map((one) => (typeof one === 'string' ? one : one.text))];
      for (const line of lines) expect(line, kind).to.match(/\p{Script=Han}|^\{at\}\. \{title\}$/u);
      for (const one of [en.title, ...en.text])
        expect(typeof one === 'string' ? one : one.text, kind).to.not.match(HAN);
    }
    const families = {
      purpose: PURPOSES,
      delivery: ['download', 'api', 'sandbox'],
      ...Object.fromEntries(['what', 'act', 'terms', 'redress'].map((way) => [way, ['opening', 'sharing']])),
      cause: [...HOLD_CAUSES, 'limit'],
      state: GRANT_STATES.filter((state) => state !== 'active'),
      step: STEPS,
      ended: ['run-out', 'cured'],
      mark: ['unverified', 'provisional'],
    };
    expect(Object.keys(table.words).sort()).to.deep.equal(Object.keys(families).sort());
    for (const [family, codes] of Object.entries(families))
      expect(Object.keys(table.words[family] ?? {}).sort(), family).to.deep.equal([...codes].sort());
  });

  it('reads well with everything there, and with all that may be missing left out', () => {
    for (const kind of kinds) {
      for (const { event } of table.notices[kind]?.on ?? []) {
        const { always, sometimes, lists } = PLACES[event] as (typeof PLACES)[string];
        const of = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, `<${name}>`]));
        // Nothing that may be missing; everything; and everything but the one thing that hardly ever is there.
        for (const more of [[], sometimes, sometimes.filter((name) => name !== 'provisional')])
          for (const language of ['zh', 'en'] as const) {
            const rows = Object.entries(lists).map(([name, list]) => {
              const row = of([...list.always, ...(more.length === 0 ? [] : list.sometimes)]);
              return [name, [row, row]] as const;
            });
            const facts = { values: of([...always, ...more]), lists: Object.fromEntries(rows) };
            const { title, text } = written(issuedTemplate(table, kind), facts, language);
            expect(text.length, kind).to.be.above(0);
            if (more.includes('due') && JSON.stringify(table.notices[kind]).includes('{due}'))
              expect(JSON.stringify(text), `${kind} ${language}`).to.include('<due>');
            for (const line of [title, ...text.map((one) => one.text)])
              expect(line, `${kind} ${language}`).to.not.match(/[{}[\]—]| {2}|\s$|^\s|^$/);
          }
      }
    }
  });

  it('refuses a place nobody fills, in whatever part of a text', () => {
    const { zh, en } = table.notices['refusal'] as NoticeTable['notices'][string];
    const both = (change: (text: typeof zh) => object) => ({ zh: change(zh), en: change(en) });
    expect(faultsOfNotices(table)).to.deep.equal([]);
    expect(
      faults(
        'refusal',
        both((one) => ({ ...one, title: '{nobody}' })),
      ),
    ).to.include('{nobody} is not always');
    expect(
      faults(
        'refusal',
        both((one) => ({ ...one, text: [...one.text, '[{nobody}]'] })),
      ),
    ).to.include('there is no {nobody}');
    const each = (list: string, text: string) => both((one) => ({ ...one, text: [...one.text, { each: list, text }] }));
    expect(faults('refusal', each('defects', '{text}'))).to.include('there is no list defects');
    expect(faults('refusal', each('reasons', '{remedy}'))).to.include('{remedy} is not always there');
    expect(faults('refusal', each('reasons', '[{remedy}]'))).to.equal('');
    expect(
      faults(
        'refusal',
        both((one) => ({ ...one, text: ['{case'] })),
      ),
    ).to.include('do not pair');
    expect(faults('refusal', { zh: { ...zh, text: [...zh.text, '{day}'] } })).to.include('different things');
  });

  it('refuses what no event asks for, and two notices for one event', () => {
    expect(faults('refusal', { on: [{ event: 'application.claimed' }] })).to.include('no notice can be issued');
    expect(
      faults('acceptance', { on: [{ event: 'application.accepted' }, { event: 'application.withdrawn' }] }),
    ).to.match(/acceptance and withdrawal are both issued for application.withdrawn|withdrawal and acceptance/);
    // What an event of the two cannot say is a fault for both.
    expect(
      faults('refusal', { on: [{ event: 'application.refused' }, { event: 'application.withdrawn' }] }),
    ).to.include('there is no list reasons');
    const warned = { on: [{ event: 'sanction.imposed', when: { interim: [false] } }] };
    expect(faults('warning', warned)).to.include('warning and measure').and.include('warning and restriction');
  });

  it('refuses numbers and frames that say too much or too little', () => {
    const fault = (change: object): string => faultsOfNotices({ ...table, ...change }).join();
    expect(fault({ series: '第 {serial} 号' })).to.include('year and serial');
    expect(fault({ series: '〔{year}〕[{serial}]' })).to.include('year and serial');
    expect(fault({ frame: { ...table.frame, to: { zh: '{addressee}', en: 'To whom it may concern' } } })).to.include(
      'frame to en',
    );
  });

  it('stops the start on a file that lacks a language, with the place of the fault', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiergate-notices-'));
    try {
      cpSync(inProject('policies'), folder, { recursive: true });
      const file = join(folder, 'notices.yaml');
      const whole = readFileSync(file, 'utf8');
      expect(() => loadNoticeTable(folder)).to.not.throw();
      writeFileSync(file, whole.replace(/\n {4}en:\n {6}title: Notice of acceptance\n[\s\S]*?\n\n/, '\n\n'));
      expect(() => loadNoticeTable(folder)).to.throw(
        /notices\.yaml: \/notices\/acceptance must have required property 'en'/,
      );
      writeFileSync(file, whole.replace('title: 受理通知书', 'title: 受理通知书{stranger}'));
      expect(() => loadNoticeTable(folder)).to.throw(/acceptance: zh: \{stranger\} is not always there/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has another hash for every other text, and the same for the same', () => {
    const hash = (of: NoticeTable) => templateHash(issuedTemplate(of, 'closing'));
    const { zh } = table.notices['closing'] as NoticeTable['notices'][string];
    expect(hash(table))
      .to.equal(hash(structuredClone(table) as NoticeTable))
      .and.match(/^[0-9a-f]{64}$/);
    expect(hash(withNotice('closing', { version: 9 }))).to.not.equal(hash(table));
    expect(hash(withNotice('closing', { zh: { ...zh, title: '结案书' } }))).to.not.equal(hash(table));
    expect(hash({ ...table, frame: { ...table.frame, translation: 'x' } })).to.not.equal(hash(table));
    expect(hash(withNotice('closing', { issuer: 'holder' })), 'who issues is no text').to.equal(hash(table));
  });
});
