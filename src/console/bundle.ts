import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

/** One built file, held in memory: the bundle is small, and nothing outside it can ever be reached by a path. */
export interface BundleFile {
  readonly type: string;
  readonly body: Buffer;
  readonly etag: string;
  /** The name carries a hash of the content: it may be kept for ever. */
  readonly immutable: boolean;
  /** Compressed at the first request; null where that would not make it smaller. */
  gzip(): Buffer | null;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = /^(text|image\/svg|application\/json)/;

const bundleFile = (path: string, body: Buffer): BundleFile => {
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  let compressed: Buffer | null | undefined;
  return {
    type,
    body,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    immutable: path.startsWith('/assets/'),
    gzip: () => {
      if (compressed === undefined) {
        const packed = COMPRESSIBLE.test(type) ? gzipSync(body, { level: 9 }) : body;
        compressed = packed.length < body.length ? packed : null;
      }
      return compressed;
    },
  };
};

/** Reads the built console; null where it was not built. Paths are those of the address, `/assets/…`. */
export function readBundle(folder: string): ReadonlyMap<string, BundleFile> | null {
  if (!existsSync(join(folder, 'index.html'))) return null;
  const files = new Map<string, BundleFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    if (!path.startsWith('/.')) files.set(path, bundleFile(path, readFileSync(file)));
  }
  return files;
}
