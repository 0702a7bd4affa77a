export interface AccessMetadata {
  readonly policy_decision_point: string;
  readonly access_evaluation_endpoint: string;
  readonly access_evaluations_endpoint: string;
}

/**
 * AuthZEN metadata (§9). Addresses start with the configured public URL; without one they follow the Host header,
 * which is enough on a laptop. Search endpoints are named when they exist.
 */
export function metadataOf(publicUrl: string | null, host: string | undefined): string {
  const base = publicUrl ?? `http://${host ?? 'localhost'}`;
  const metadata: AccessMetadata = {
    policy_decision_point: base,
    access_evaluation_endpoint: `${base}/access/v1/evaluation`,
    access_evaluations_endpoint: `${base}/access/v1/evaluations`,
  };
  return JSON.stringify(metadata);
}
