export interface AccessMetadata {
  readonly policy_decision_point: string;
  readonly access_evaluation_endpoint: string;
  readonly access_evaluations_endpoint: string;
  readonly search_subject_endpoint: string;
  readonly search_resource_endpoint: string;
  readonly search_action_endpoint: string;
}

/**
 * AuthZEN metadata (§9). Addresses start with the configured public URL, which is https wherever it is not this machine;
 * without one they follow the Host header, which is enough on a laptop.
 */
export function metadataOf(publicUrl: string | null, host: string | undefined): string {
  const base = (publicUrl ?? `http://${host ?? 'localhost'}`).replace(/\/$/, '');
  const metadata: AccessMetadata = {
    policy_decision_point: base,
    access_evaluation_endpoint: `${base}/access/v1/evaluation`,
    access_evaluations_endpoint: `${base}/access/v1/evaluations`,
    search_subject_endpoint: `${base}/access/v1/search/subject`,
    search_resource_endpoint: `${base}/access/v1/search/resource`,
    search_action_endpoint: `${base}/access/v1/search/action`,
  };
  return JSON.stringify(metadata);
}
