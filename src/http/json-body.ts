import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { duplicateKeys } from '../kernel/duplicate-keys.js';
import { type Refusal, refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { isTooDeep, scanJson, walkJson } from './json-scan.js';

export const BODY_LIMIT = 1024 * 1024;

/**
 * Reads a whole body up to `limit` bytes. What is over is known as soon as it is, and let run past, so that the sender
 * can read the answer.
 */
export function readBody(request: IncomingMessage, limit = BODY_LIMIT): Promise<Result<Buffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const tooLarge = () => resolve(err(refusal('too-large', `at most ${limit} bytes`)));
    if (Number(request.headers['content-length'] ?? 0) > limit) tooLarge();
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else tooLarge();
    });
    request.on('end', () => resolve(ok(Buffer.concat(chunks))));
    request.on('error', reject);
  });
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
  if (walk.keys !== scan.keys) return err(refusal('duplicate-key', undefined, { errors: duplicateKeys(text) }));
  return walk.faults.length > 0 ? err(faultsRefusal(walk.faults)) : ok(value);
}

/** Faults of a body as one refusal: an unknown field is the more telling code. */
export function faultsRefusal(errors: NonNullable<Refusal['errors']>): Refusal {
  const unknown = errors.some((fault) => fault.code === 'unknown-field');
  return refusal(unknown ? 'unknown-field' : 'invalid-body', undefined, { errors });
}

const JSON_TYPE = /^application\/(merge-patch\+)?json\s*(?:;\s*(?:charset="?utf-8"?\s*)?)*$/i;

/**
 * JSON in UTF-8 as it stands: what is compressed could grow past any limit. Between semicolons nothing need stand
 * (RFC 9110 §5.6.6); what is patched may be called a merge patch (RFC 7396).
 */
export function isPlainJson(headers: IncomingHttpHeaders, method = 'POST'): boolean {
  const type = JSON_TYPE.exec(headers['content-type'] ?? '');
  return type !== null && (type[1] === undefined || method === 'PATCH') && !isEncoded(headers);
}

export const isEncoded = (headers: IncomingHttpHeaders): boolean =>
  !/^(identity)?$/i.test(headers['content-encoding'] ?? '');
