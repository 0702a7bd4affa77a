import { fuseAll } from '../files/fuse-files.js';
import { serveReading } from '../samples/own-process.js';
import type { FusionReport, FusionTask } from './fusion-reader.js';

serveReading(async ({ paths, mark }: FusionTask, { reading: progress }): Promise<FusionReport> => {
  const sources = paths.map((path) => ({ path }));
  const fused = await fuseAll(sources, { progress, mark: mark === null ? null : new RegExp(mark, 'u') });
  if (!('status' in fused)) return { kind: 'fused', pairs: fused };
  return { kind: 'refused', file: fused.file, ...fused.fault };
});
