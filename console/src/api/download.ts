import { language } from '../language';
import { ApiProblem } from './problem';
import { freshToken } from './session';
import type { ProblemBody } from './types';

/** Fetches a file with the caller's token and hands it to the browser to keep. */
export async function download(path: string, name: string): Promise<void> {
  const token = await freshToken();
  const response = await fetch(path, {
    headers: { 'accept-language': language(), ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    credentials: 'same-origin',
    cache: 'no-store',
  }).catch(() => {
    throw new ApiProblem({ title: '', status: 0, code: 'network' });
  });
  if (!response.ok) {
    const body = (await response.json().catch(() => null)) as ProblemBody | null;
    const { status, statusText: title } = response;
    throw new ApiProblem(body ?? { title, status, code: `http-${status}` });
  }
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
