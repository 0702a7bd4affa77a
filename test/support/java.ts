import { spawnSync } from 'node:child_process';

/** A `java` that runs a source file, which needs the compiler of a JDK; `undefined` where there is none. */
export const findJava = (): string | undefined =>
  spawnSync('javac', ['-version']).status === 0 && spawnSync('java', ['-version']).status === 0 ? 'java' : undefined;
