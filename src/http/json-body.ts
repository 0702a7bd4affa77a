import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type Refusal, refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { isTooDeep, scanJson, walkJson } from './json-scan.js';

export const BODY_LIMIT = 1024 * 1024;

/** Reads a whole body up to `limit` bytes. What is over is drained, so that the answer can be read. */
export async function readBody(request: IncomingMessage, limit = BODY_LIMIT): Promise<Result<Buffer>> {
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    request.resume();
    return err(refusal('too-large', `at most ${limit} bytes`));
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else if (size > limit * 4) break;
  }
  return size > limit ? err(refusal('too-large', `at most ${limit} bytes`)) : ok(Buffer.concat(chunks));
}

/** JSON of the product's strict kind: UTF-8, no key twice, at most 32 deep, values that survive storage. */
export function parseJson(bytes: Uint8Array): Result<unknown> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return err(refusal('bad-encoding'));
  }
  const scan = scanJson(text);
  if (isTooDeep(scan.depth)) return err(refusal('too-deep'));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return err(refusal('malformed-json', (error as Error).message));
  }
  const walk = walkJson(value);
  if (walk.keys !== scan.keys) return err(refusal('duplicate-key'));
  return walk.faults.length > 0 ? err(faultsRefusal(walk.faults)) : ok(value);
}

/** Faults of a body as one refusal: an unknown field is the more telling code. */
export function faultsRefusal(errors: NonNullable<Refusal['errors']>): Refusal {
  const unknown = errors.some((fault) => fault.code === 'unknown-field');
  return refusal(unknown ? 'unknown-field' : 'invalid-body', undefined, { errors });
}

/** JSON in UTF-8 as it stands: what is compressed could grow past any limit. */
export const isPlainJson = (headers: IncomingHttpHeaders): boolean =>
  /^application\/(merge-patch\+)?json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(headers['content-type'] ?? '') &&
  !isEncoded(headers);

export const isEncoded = (headers: IncomingHttpHeaders): boolean =>
  !/^(identity)?$/i.test(headers['content-encoding'] ?? '');
