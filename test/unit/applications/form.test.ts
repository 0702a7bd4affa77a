import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { answerFaults, type Form, type FormField, formFaults, isAsked } from '../../../src/applications/domain/form.js';
import { answersSchema } from '../../../src/applications/domain/form-schema.js';
import { copyOf, submissionFaults, warningsOf } from '../../../src/applications/domain/draft.js';
import { formAsked } from '../../../src/applications/domain/form-asked.js';
import { isDay } from '../../../src/kernel/time.js';
import { World } from './world.js';

const field = (name: string, kind: FormField['kind'], more: Partial<FormField> = {}): FormField => ({
  name,
  kind,
  title: { zh: name, en: name },
  required: false,
  ...more,
});
const options = (...values: string[]) => values.map((value) => ({ value, title: { en: value } }));

const FORM: Pick<Form, 'fields' | 'title'> = {
  title: { zh: '科研用途', en: 'Research' },
  fields: [
    field('team', 'text', { required: true, maxLength: 5 }),
    field('method', 'choices', { required: true, options: options('survey', 'model', 'other') }),
    field('other', 'long-text', { required: true, when: { field: 'method', in: ['other'] } }),
    field('abroad', 'yes-no', { required: true }),
    field('country', 'choice', {
      options: options('fr', 'jp'),
      required: true,
      when: { field: 'abroad', in: ['yes'] },
    }),
    field('law', 'text', { required: true, when: { field: 'country', in: ['fr'] } }),
    field('users', 'number', { minimum: 1, maximum: 500 }),
    field('until', 'day'),
  ],
};
const WHOLE = { team: '五个字以', method: ['survey'], abroad: false };
const faults = (answers: object) =>
  answerFaults(FORM, answers as never).map(({ code, pointer }) => `${code} ${pointer}`);

const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { date: isDay } });
const accepts = ajv.compile(answersSchema(FORM) as object);

describe('forms', () => {
  it('ask for what is required, and for what other answers make required', () => {
    expect(faults({})).to.deep.equal(['answer-missing /team', 'answer-missing /method', 'answer-missing /abroad']);
    expect(faults(WHOLE)).to.deep.equal([]);
    expect(faults({ ...WHOLE, method: ['model', 'other'] })).to.deep.equal(['answer-missing /other']);
    expect(faults({ ...WHOLE, abroad: true })).to.deep.equal(['answer-missing /country']);
    expect(faults({ ...WHOLE, abroad: true, country: 'fr' })).to.deep.equal(['answer-missing /law']);
    expect(faults({ ...WHOLE, abroad: true, country: 'jp' })).to.deep.equal([]);
    for (const empty of ['', ' 　', undefined])
      expect(faults({ ...WHOLE, team: empty })).to.deep.equal(['answer-missing /team']);
    expect(faults({ ...WHOLE, method: [] })).to.deep.equal(['answer-missing /method']);
  });

  it('refuse what is not asked with the other answers, also through two conditions', () => {
    expect(faults({ ...WHOLE, other: 'words' })).to.deep.equal(['answer-invalid /other']);
    expect(faults({ ...WHOLE, country: 'fr' })).to.deep.equal(['answer-invalid /country']);
    expect(faults({ ...WHOLE, country: 'fr', law: 'words' })).to.deep.equal([
      'answer-invalid /country',
      'answer-invalid /law',
    ]);
    expect(faults({ ...WHOLE, 'a/b~c': 1 })).to.deep.equal(['answer-invalid /a~1b~0c']);
    expect(isAsked(FORM, FORM.fields[5] as FormField, { abroad: false, country: 'fr' })).to.equal(false);
  });

  it('refuse answers of another kind, out of bounds, too long, or of no option', () => {
    const wrong: [object, string][] = [
      [{ team: 7 }, '/team'],
      [{ team: '六个字这太长' }, '/team'],
      [{ method: 'survey' }, '/method'],
      [{ method: ['survey', 'survey'] }, '/method'],
      [{ method: ['dance'] }, '/method'],
      [{ abroad: 'yes' }, '/abroad'],
      [{ abroad: null }, '/abroad'],
      [{ users: 0 }, '/users'],
      [{ users: 501 }, '/users'],
      [{ users: '7' }, '/users'],
      [{ until: '2026-02-30' }, '/until'],
      [{ until: 20_260_228 }, '/until'],
    ];
    for (const [answer, pointer] of wrong)
      expect(faults({ ...WHOLE, ...answer }), JSON.stringify(answer)).to.deep.equal([`answer-invalid ${pointer}`]);
    expect(faults({ ...WHOLE, team: '𠀀𠀁𠀂𠀃𠀄' }), 'five characters, ten code units').to.deep.equal([]);
    expect(faults({ ...WHOLE, users: 500, until: '2028-02-29' })).to.deep.equal([]);
  });

  it('cannot be published with a name twice, parts of another kind, or a condition on what is not asked before', () => {
    const unsound = (...fields: FormField[]) => formFaults({ fields }).map(({ pointer }) => pointer);
    expect(formFaults(FORM)).to.deep.equal([]);
    expect(unsound(field('a', 'text'), field('a', 'day'))).to.deep.equal(['/fields/1/name']);
    expect(unsound(field('a', 'choice'))).to.deep.equal(['/fields/0/options']);
    expect(unsound(field('a', 'choice', { options: options('x', 'x') }))).to.deep.equal(['/fields/0/options']);
    expect(unsound(field('a', 'text', { options: options('x') }))).to.deep.equal(['/fields/0/options']);
    expect(unsound(field('a', 'number', { maxLength: 3 }))).to.deep.equal(['/fields/0/maxLength']);
    expect(unsound(field('a', 'text', { maximum: 3 }))).to.deep.equal(['/fields/0/minimum']);
    expect(unsound(field('a', 'number', { minimum: 3, maximum: 2 }))).to.deep.equal(['/fields/0/maximum']);
    expect(unsound(field('b', 'text', { when: { field: 'c', in: ['x'] } }), field('c', 'yes-no'))).to.deep.equal([
      '/fields/0/when/field',
    ]);
    expect(unsound(field('a', 'text'), field('b', 'text', { when: { field: 'a', in: ['x'] } }))).to.deep.equal([
      '/fields/1/when/field',
    ]);
    const choice = field('a', 'choice', { options: options('x', 'y') });
    expect(unsound(choice, field('b', 'text', { when: { field: 'a', in: ['x', 'z'] } }))).to.deep.equal([
      '/fields/1/when/in/1',
    ]);
  });

  const MEMBERS: Readonly<Record<string, readonly unknown[]>> = {
    team: ['五个字以', '', '  ', '六个字这太长', 7],
    method: [['survey'], ['other'], ['model', 'other'], [], ['survey', 'survey'], ['dance'], 'other'],
    other: ['words', 'words', '', 1],
    abroad: [true, true, false, 'yes', null],
    country: ['fr', 'jp', '', 'xx'],
    law: ['law', 'law', ' ', 0],
    users: [1, 500, 0, 501, '1'],
    until: ['2026-02-28', '2026-02-30', '2028-02-29', ''],
    unknown: [1],
  };
  const member = fc
    .constantFrom(...Object.keys(MEMBERS))
    .chain((name) => fc.constantFrom(...(MEMBERS[name] ?? [])).map((value) => [name, value] as const));
  /** Whole answers with a few members written over, right or wrong; sometimes with one left out. */
  const answers = fc
    .tuple(fc.array(member, { maxLength: 4 }), fc.option(fc.constantFrom('team', 'method', 'abroad'), { freq: 1 }))
    .map(([changes, left]) => {
      const given: Record<string, unknown> = { ...WHOLE, ...Object.fromEntries(changes) };
      return Object.fromEntries(Object.entries(given).filter(([name]) => name !== left));
    });

  it('accept what their JSON Schema accepts, and nothing else', () => {
    let [right, wrong] = [0, 0];
    fc.assert(
      fc.property(answers, (given) => {
        const ours = answerFaults(FORM, given).length === 0;
        if (ours) right++;
        else wrong++;
        expect(accepts(given), JSON.stringify(given)).to.equal(ours);
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(right, wrong)).to.be.above(100);
  });

  it('take the members of Object.prototype for no answers', () => {
    const odd = { title: { en: 'x' }, fields: [field('constructor', 'text', { required: true })] };
    expect(answerFaults(odd, {})[0]?.code).to.equal('answer-missing');
  });
});

describe('the form of an application', () => {
  const form = (id: string, more: Partial<Form> = {}): Form => ({
    id,
    purpose: 'research',
    number: 1,
    obligatory: false,
    current: true,
    publishedAt: 0,
    ...FORM,
    ...more,
  });
  const against = (world: World) =>
    warningsOf(world.current, world.facts('handler'))
      .filter(({ blocking }) => blocking)
      .map(({ code, pointer }) => `${code} ${pointer}`);

  it('is missed only where it is obligatory', () => {
    const world = new World();
    world.forms = [form('f')];
    world.draft();
    expect(against(world)).to.deep.equal([]);
    world.forms = [form('f', { obligatory: true })];
    expect(against(world)).to.deep.equal(['form-missing /form']);
    expect(submissionFaults(world.current, world.facts('handler'))?.code).to.equal('form-missing');
  });

  it('is one that exists, and the one in force for the purpose while nothing is submitted', () => {
    const world = new World();
    const unknown = world.draft('handler', { form: { id: 'none', answers: WHOLE } });
    expect(unknown.ok ? null : unknown.error.code).to.equal('unknown-form');
    world.forms = [form('f'), form('g', { purpose: 'education' })];
    world.draft('handler', { form: { id: 'f', answers: { ...WHOLE, team: '' } } });
    expect(against(world)).to.deep.equal(['answer-missing /form/answers/team']);
    world.draft('handler', { form: { id: 'g', answers: WHOLE } });
    expect(against(world)).to.deep.equal(['form-superseded /form/id']);
    world.draft('handler', { form: { id: 'f', answers: WHOLE } });
    expect(against(world)).to.deep.equal([]);
    world.forms = [form('f', { current: false }), form('f2', { number: 2 })];
    expect(against(world)).to.deep.equal(['form-superseded /form/id']);
    expect(formAsked(world.current, world.facts('handler'))?.id).to.equal('f2');
  });

  it('stays the one that was answered once the application is submitted', () => {
    const world = new World();
    world.forms = [form('f')];
    world.draft('handler', { form: { id: 'f', answers: WHOLE } });
    world.does('handler', 'submit', {});
    world.does('reviewer', 'request-correction', { defects: [{ text: 'More' }] });
    world.forms = [form('f', { current: false }), form('f2', { number: 2, obligatory: true })];
    expect(against(world)).to.deep.equal([]);
    expect(formAsked(world.current, world.facts('handler'))?.id).to.equal('f');
    world.does('handler', 'submit', {});
    expect(formAsked(world.current, world.facts('reviewer'))?.id).to.equal('f');
  });

  it('goes into a copy with its answers', () => {
    const world = new World();
    world.forms = [form('f')];
    world.draft('handler', { form: { id: 'f', answers: WHOLE } });
    const copy = copyOf(world.current, world.facts('handler'));
    expect(copy.ok && copy.value.request.form).to.deep.equal({ id: 'f', answers: WHOLE });
  });
});
