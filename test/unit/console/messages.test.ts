import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseScript } from '@swc/core';
import { expect } from 'chai';
import { load } from 'js-yaml';
import { FIELDS } from '../../../src/kernel/fields.js';
import { DELIVERIES, PURPOSES } from '../../../src/kernel/purpose.js';
import { ROLES } from '../../../src/kernel/roles.js';
import { TIERS } from '../../../src/kernel/tier.js';

const SOURCES = 'console/src';
type Tree = { readonly [key: string]: string | Tree };
type Node = Readonly<Record<string, unknown>>;

const messages = (language: string): Tree =>
  JSON.parse(readFileSync(`${SOURCES}/messages/${language}.json`, 'utf8')) as Tree;
const flat = (tree: Tree, prefix = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  );
/** Chinese has one plural form, English two: the forms of one text count as one key. */
const family = (key: string): string => key.replace(/_(one|other)$/, '');
const keysOf = (language: string): string[] =>
  [...new Set(flat(messages(language)).map(([key]) => family(key)))].sort();
const codes = (family: string): string[] => Object.keys((messages('en')['codes'] as Tree)[family] as Tree);

const files = (): string[] =>
  readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(SOURCES, name));

/** Attributes that somebody reads or hears. */
const READ = new Set([
  'label',
  'title',
  'placeholder',
  'description',
  'alt',
  'aria-label',
  'aria-description',
  'error',
]);
const LETTERS = /\p{L}{2,}/u;
/** Names that are the same in every language. */
const NAMES = new Set(['OpenAPI', 'data.json']);

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

/** Every text written into the markup of a screen instead of into the message files. */
function hardCoded(node: unknown, found: string[] = []): string[] {
  if (Array.isArray(node)) for (const one of node) hardCoded(one, found);
  if (!isNode(node) || Array.isArray(node)) return found;
  const { type, value, name } = node as { type?: string; value?: unknown; name?: unknown };
  if (type === 'JSXText') found.push(String(value).trim());
  if (type === 'JSXAttribute' && isNode(name) && READ.has(String(name['value']))) {
    const written = isNode(value) && value['type'] === 'JSXExpressionContainer' ? value['expression'] : value;
    if (isNode(written) && written['type'] === 'StringLiteral') found.push(String(written['value']));
  }
  for (const inner of Object.values(node)) hardCoded(inner, found);
  return found.filter((text) => LETTERS.test(text) && !NAMES.has(text));
}
const textsIn = async (script: string): Promise<string[]> =>
  hardCoded(await parseScript(script, { syntax: 'typescript', tsx: true, target: 'es2022' }));

describe('the console’s texts', () => {
  it('stand in both languages', () => {
    expect(keysOf('zh')).to.deep.equal(keysOf('en'));
    expect(keysOf('en').length).to.be.above(300);
  });

  it('are Chinese in the Chinese file and not in the English one', () => {
    const same = ['brand', 'shell.languages.en', 'shell.languages.zh-CN', 'home.count'];
    for (const [key, text] of flat(messages('zh'))) {
      if (!same.includes(key) && !/^\{\{[^}]+\}\}$/.test(text)) expect(text, key).to.match(/\p{Script=Han}/u);
    }
    for (const [key, text] of flat(messages('en')))
      if (!same.includes(key)) expect(text, key).not.to.match(/\p{Script=Han}/u);
  });

  it('take the same values in both languages', () => {
    const places = (text: string): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort();
    const chinese = new Map(flat(messages('zh')).map(([key, text]) => [family(key), places(text)]));
    for (const [key, text] of flat(messages('en'))) expect(chinese.get(family(key)), key).to.deep.equal(places(text));
  });

  it('exist for every key the screens name, and every key is named', () => {
    const script = files()
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const named = new Set([...script.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key]) => key ?? ''));
    for (const [, one, other] of script.matchAll(/\bt\([^()'`]*\?\s*'([\w.-]+)'\s*:\s*'([\w.-]+)'/g))
      named.add(one ?? '').add(other ?? '');
    const known = keysOf('en');
    expect([...named].filter((key) => !known.includes(key))).to.deep.equal([]);
    const built = [...script.matchAll(/\bt\(\s*`([\w.-]+)\$\{/g)].map(([, start]) => start ?? '');
    const unused = known.filter(
      (key) => !named.has(key) && !key.startsWith('codes.') && !built.some((start) => key.startsWith(start)),
    );
    expect(unused.filter((key) => !script.includes(`'${key}'`))).to.deep.equal([]);
  });

  it('are never written into a screen', async () => {
    const found: string[] = [];
    let markup = 0;
    for (const file of files().filter((name) => name.endsWith('.tsx'))) {
      const script = readFileSync(file, 'utf8');
      markup += (script.match(/<[A-Za-z]/g) ?? []).length;
      for (const text of await textsIn(script)) found.push(`${file}: ${text}`);
    }
    expect(markup).to.be.above(300);
    expect(found).to.deep.equal([]);
  });

  it('would be found if they were', async () => {
    expect(await textsIn('export const A = () => <p>Hello</p>;')).to.deep.equal(['Hello']);
    expect(await textsIn('export const A = () => <input aria-label="搜索" />;')).to.deep.equal(['搜索']);
    expect(await textsIn("export const A = () => <B label={'Name'} />;")).to.deep.equal(['Name']);
    expect(await textsIn('export const A = () => <p className="lead">{t("a.b")} · 1</p>;')).to.deep.equal([]);
  });
});

describe('the words the console has for codes', () => {
  const policy = (name: string): unknown => load(readFileSync(`policies/${name}`, 'utf8'));

  it('cover the kernel’s closed lists', () => {
    expect(codes('field')).to.have.members(Object.keys(FIELDS));
    expect(codes('tier')).to.have.members([...TIERS]);
    expect(codes('purpose')).to.have.members([...PURPOSES]);
    expect(codes('delivery')).to.have.members([...DELIVERIES]);
    expect(codes('role')).to.have.members([...ROLES]);
    const english = (messages('en')['codes'] as Tree)['field'] as Tree;
    const chinese = (messages('zh')['codes'] as Tree)['field'] as Tree;
    for (const [field, text] of Object.entries(FIELDS))
      expect([chinese[field], english[field]]).to.deep.equal([text.zh, text.en]);
  });
  it('cover the workflow table: commands and reasons of a refusal', () => {
    const workflow = policy('workflow.yaml') as { commands: object; refusalReasons: object };
    expect(codes('command')).to.include.members(Object.keys(workflow.commands));
    expect(codes('refusalReason')).to.have.members(Object.keys(workflow.refusalReasons));
  });
  it('cover the kinds of conditions', () => {
    const kinds = policy('condition-kinds.yaml') as { kind: string }[];
    expect(codes('conditionKind')).to.include.members(kinds.map(({ kind }) => kind));
  });
  it('cover the next steps of the decision vocabulary', () => {
    const vocabulary = policy('vocabulary.yaml') as { nextSteps: object };
    expect(codes('nextStep')).to.include.members(Object.keys(vocabulary.nextSteps));
  });
});
