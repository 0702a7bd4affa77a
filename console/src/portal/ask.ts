import { freshToken } from '../api/session';
import type { NextStep } from '../api/datasets';
import { language } from '../language';

/** One answer of the portal: the file, or the reason for keeping it, and how long it took as this browser saw it. */
export interface PortalAnswer {
  readonly at: number;
  readonly ms: number;
  readonly served: boolean;
  readonly code: string;
  readonly text: string;
  readonly nextStep: NextStep | null;
  readonly source: string;
  readonly evaluation: string;
  readonly file: Blob | null;
}

interface Refused {
  readonly code?: string;
  readonly detail?: string;
  readonly nextStep?: NextStep;
  readonly evaluationId?: string;
}

/** Asks the portal for the file as a program of the signed-in person would. */
export async function askPortal(distribution: string, purpose: string | undefined): Promise<PortalAnswer> {
  const token = await freshToken().catch(() => null);
  const began = performance.now();
  const query = purpose === undefined ? '' : `?purpose=${encodeURIComponent(purpose)}`;
  const response = await fetch(`/files/${encodeURIComponent(distribution)}/data${query}`, {
    headers: {
      accept: '*/*',
      'accept-language': language(),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    cache: 'no-store',
  }).catch(() => null);
  const body = response === null ? null : await response.blob();
  const served = response?.ok ?? false;
  const refused = served || body === null ? {} : ((await readJson(body)) as Refused);
  const header = (name: string): string => decodeURIComponent(response?.headers.get(name) ?? '');
  return {
    at: Date.now(),
    ms: performance.now() - began,
    served,
    code: served ? header('x-reason') : (refused.code ?? (response === null ? 'network' : `http-${response.status}`)),
    text: refused.detail ?? '',
    nextStep: refused.nextStep ?? null,
    source: header('x-data-source'),
    evaluation: served ? header('x-evaluation-id') : (refused.evaluationId ?? ''),
    file: served ? body : null,
  };
}

const readJson = async (body: Blob): Promise<unknown> => {
  try {
    return JSON.parse(await body.text());
  } catch {
    return {};
  }
};
