import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Tier } from '../api/types';
import { TextLink } from '../shell/link-button';

/** Addresses of the example portal; those of another portal are left as they are. */
const OWN = /^\/(?:files|data-api)\/([^/?#]+)/;

/**
 * The way to a file. Open data comes at once; what needs a grant is asked for on the portal's page, which knows who is
 * signed in and says why when it does not serve.
 */
export function DataLink(props: {
  readonly href: string;
  readonly dataset: string;
  readonly tier: Tier;
  readonly purpose?: string;
  readonly children: ReactNode;
}) {
  const distribution = OWN.exec(props.href)?.[1];
  if (props.tier === 'open' || distribution === undefined) {
    return (
      <Anchor href={props.href} rel="noopener">
        {props.children}
      </Anchor>
    );
  }
  return (
    <TextLink
      to="/portal/$distribution"
      params={{ distribution }}
      search={{ dataset: props.dataset, purpose: props.purpose }}
    >
      {props.children}
    </TextLink>
  );
}
