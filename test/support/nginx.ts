import { pathToFileURL } from 'node:url';
import { inProject } from './project.js';

/** An nginx of its own, in front of something. */
export interface RunningNginx {
  readonly address: string;
  stop(): Promise<void>;
}

interface Scripts {
  startNginx(program: string, folder: string, port: number, http: string): Promise<RunningNginx>;
}

/** The program `npm test` found; `undefined` where there is none. */
export const testNginx = (): string | undefined => process.env['TIERGATE_NGINX'] || undefined;

/** @param http what stands in its `http { … }` */
export async function startNginx(folder: string, port: number, http: string): Promise<RunningNginx> {
  const program = testNginx();
  if (program === undefined) throw new Error('TIERGATE_NGINX is not set');
  const scripts = (await import(pathToFileURL(inProject('scripts/nginx.mjs')).href)) as Scripts;
  return scripts.startNginx(program, folder, port, http);
}
