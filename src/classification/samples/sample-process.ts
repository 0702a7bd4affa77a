import { compile } from '../domain/compiled.js';
import { classifyFile } from '../files/classify-file.js';
import type { Progress } from '../reader/limits.js';
import { serveReading } from './own-process.js';
import type { ReadingTask } from './sample-reader.js';

serveReading(({ path, pack, header, quasiIdentifiers }: ReadingTask, tell) => {
  // Recognising goes over the bytes too, quickly; it is not what takes the time.
  const progress = ({ phase, bytes, of }: Progress): void => {
    if (phase === 'reading' && of > 0) tell.reading(Math.min(1, bytes / of));
  };
  const onVerdict = (): void => tell.measuring();
  return classifyFile(path, { compiled: compile(pack), header, quasiIdentifiers, allowance: { progress }, onVerdict });
});
