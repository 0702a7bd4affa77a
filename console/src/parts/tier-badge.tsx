import type { Tier } from '../api/types';
import { useCodes } from './codes';

/** Each tier has its own shape, so that it can be told without colour: a ring, a half-filled diamond, a barred square. */
export function TierShape({ tier, size = 14 }: { readonly tier: Tier; readonly size?: number }) {
  return (
    <svg className={`tier-shape tier-${tier}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {tier === 'open' && <circle cx="8" cy="8" r="5.4" fill="none" stroke="currentColor" strokeWidth="2.6" />}
      {tier === 'conditional' && (
        <>
          <path d="M8 1.6 14.4 8 8 14.4 1.6 8Z" fill="none" stroke="currentColor" strokeWidth="1.8" />
          <path d="M8 1.6V14.4L1.6 8Z" fill="currentColor" />
        </>
      )}
      {tier === 'restricted' && (
        <>
          <rect x="1.5" y="1.5" width="13" height="13" rx="2" fill="currentColor" />
          <path d="M4.6 8h6.8" stroke="#fff" strokeWidth="2.2" strokeLinecap="round" />
        </>
      )}
    </svg>
  );
}

export function TierBadge({ tier, large = false }: { readonly tier: Tier; readonly large?: boolean }) {
  const word = useCodes();
  return (
    <span className={`tier-badge tier-${tier}${large ? ' tier-large' : ''}`}>
      <TierShape tier={tier} size={large ? 18 : 13} />
      {word('tier', tier)}
    </span>
  );
}
