import { execFile } from 'node:child_process';

/** What a scanner said of a file; `failed` is no answer, and no answer is no permission. */
export type Scanned = 'clean' | 'infected' | 'failed';
export type Scanner = (path: string) => Promise<Scanned>;

const PATIENCE = 60_000;
/** Nothing of the server's environment (its secret, its database) is the scanner's business. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Runs the operator's scanner on a file: `command <path>`, exit code 0 clean, 1 infected, anything else or a minute
 * without an answer a failure. These are the codes of clamscan and clamdscan. No shell reads the path.
 */
export const scannerOf =
  (command: string): Scanner =>
  (path) =>
    new Promise((resolve) => {
      const [program = '', ...words] = command.split(/\s+/).filter((word) => word !== '');
      if (program === '') return resolve('failed');
      const limits = { timeout: PATIENCE, killSignal: 'SIGKILL', env: { PATH } } as const;
      execFile(program, [...words, path], limits, (error) => {
        if (error === null) resolve('clean');
        else resolve(error.code === 1 ? 'infected' : 'failed');
      });
    });
