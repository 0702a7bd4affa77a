import { gzipSync } from 'node:zlib';
import { type ProblemCode, problems } from '../../src/kernel/problems/index.js';
import type { Problem } from '../../src/kernel/problems/problem.js';
import type { RawAnswer } from './raw.js';

export const JSON_TYPE = { 'content-type': 'application/json' };

/** A request with something wrong in it. */
export interface Sent {
  readonly what: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** The problem it is answered with, and the field that must be named. */
export interface Expected {
  readonly status: number;
  readonly code?: readonly ProblemCode[];
  readonly pointer?: string;
}

/** Bodies that are not the JSON they should be, and what each is answered. */
export function unreadable(sound: unknown): [Sent, Expected][] {
  const json = JSON.stringify(sound);
  const deep = (open: string, close: string, levels: number) => open.repeat(levels) + close.repeat(levels);
  const type = (given: string) => ({ headers: { 'content-type': given }, body: json === '{}' ? '{ }' : json });
  const bad = (code: ProblemCode, status = 400): Expected => ({ status, code: [code] });
  return [
    [{ what: 'half a body', body: '{"a":' }, bad('malformed-json')],
    [{ what: 'two values', body: `${json}${json}` }, bad('malformed-json')],
    [{ what: 'no JSON', body: 'a=1&b=2' }, bad('malformed-json')],
    [{ what: 'a key twice', body: '{"a":1,"a":2}' }, bad('duplicate-key')],
    [{ what: 'a key twice, written differently', body: '{"a":1,"\\u0061":2}' }, bad('duplicate-key')],
    [{ what: 'bytes that are no UTF-8', body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]) }, bad('bad-encoding')],
    [{ what: 'UTF-16', body: Buffer.from(json, 'utf16le') }, bad('malformed-json')],
    [{ what: '33 levels', body: deep('[', ']', 33) }, bad('too-deep')],
    [{ what: '100,000 levels', body: deep('{"a":', '}', 100_000) }, bad('too-deep')],
    [{ what: 'text/plain', ...type('text/plain') }, bad('unsupported-content-type')],
    [{ what: 'a form', ...type('application/x-www-form-urlencoded') }, bad('unsupported-content-type')],
    [{ what: 'GBK', ...type('application/json; charset=gbk') }, bad('unsupported-content-type')],
    [
      { what: 'gzip', headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: gzipSync(json) },
      bad('unsupported-content-type'),
    ],
    [{ what: 'more than 1 MiB', body: `{"a":"${'x'.repeat(1024 * 1024)}"}` }, bad('too-large', 413)],
  ];
}

/** What is wrong with a problem document, apart from what was asked. */
export function faultsOf(answer: RawAnswer, language: 'zh' | 'en', expected: Expected): string[] {
  if (answer.status !== expected.status) return [`status ${answer.status} instead of ${expected.status}`];
  if (!answer.headers['content-type']?.startsWith('application/problem+json')) return ['no problem document'];
  const body = JSON.parse(answer.text) as Record<string, unknown>;
  const code = String(body['code']) as ProblemCode;
  const row = problems[code] as Problem | undefined;
  if (row === undefined) return [`the code ${code} is not in the table`];
  const errors = body['errors'] as readonly {
    readonly pointer: string;
    readonly code: string;
    readonly detail: string;
  }[];
  const { pointer } = expected;
  // A fault of one item of a list of texts is told of the list.
  const above = pointer?.replace(/\/\d+$/, '');
  const names = ({ pointer: named }: { readonly pointer: string }) =>
    named === pointer || named === above || named.startsWith(`${pointer}/`);
  return [
    ...(expected.code?.includes(code) === false ? [`code ${code} instead of ${expected.code.join(' or ')}`] : []),
    ...(body['type'] === `/problems/${code}` ? [] : ['type is not the page of the code']),
    ...(body['status'] === row.status ? [] : ['status is not that of the table']),
    ...(body['title'] === row.title[language] ? [] : [`title is not in ${language}`]),
    ...(body['remedy'] === row.remedy[language] ? [] : [`remedy is not in ${language}`]),
    ...(typeof body['detail'] === 'string' && body['detail'] !== '' ? [] : ['no detail']),
    ...(body['instance'] === answer.headers['x-request-id'] ? [] : ['instance is not the request id']),
    ...(pointer === undefined || errors.some(names) ? [] : [`nothing points to ${pointer}`]),
    ...(errors.every((error) => error.code !== '' && error.detail !== '') ? [] : ['an error without code or detail']),
  ];
}
