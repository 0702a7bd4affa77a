import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Invitation, invitationsQuery, type NewInvitation } from '../api/colleagues';
import { useCodes } from '../parts/codes';
import { CommandPanel } from '../parts/command-panel';
import { Card } from '../parts/page';
import { Pager, tokenOf } from '../parts/pager';
import { SaidForm } from '../parts/said-form';
import { StateBadge } from '../parts/state-badge';
import { ProblemPanel } from '../parts/states';
import { Moment } from '../parts/time';
import { worded } from '../parts/wording';

/** Whoever was invited and has not come, and signatories whom an administrator has still to confirm. */
export function Invitations({ onMade }: { readonly onMade: (made: NewInvitation) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Waiting title={t('colleagues.pending')} state="open" onMade={onMade} />
      <Waiting title={t('colleagues.awaiting')} state="awaiting" />
    </>
  );
}

/** For administrators: nothing, where nobody waits. */
export const Signatories = () => {
  const { t } = useTranslation();
  return <Waiting title={t('colleagues.toConfirm')} state="awaiting" ofAll />;
};

function Waiting(props: {
  readonly title: string;
  readonly state: 'open' | 'awaiting';
  readonly ofAll?: boolean;
  readonly onMade?: (made: NewInvitation) => void;
}) {
  const [trail, setTrail] = useState<readonly string[]>([]);
  const list = useQuery(invitationsQuery(props.state, tokenOf(trail)));
  if (list.isError) return <ProblemPanel error={list.error} retry={() => void list.refetch()} />;
  if (list.data === undefined || list.data.total === 0) return null;
  const { items, nextPageToken, total } = list.data;
  return (
    <Card title={props.title}>
      <ul className="rows">
        {items.map((one) => (
          <Row key={one.id} invitation={one} ofAll={props.ofAll ?? false} onMade={props.onMade} />
        ))}
      </ul>
      <Pager trail={trail} nextPageToken={nextPageToken} total={total} shown={items.length} onTrail={setTrail} />
    </Card>
  );
}

function Row(props: {
  readonly invitation: Invitation;
  readonly ofAll: boolean;
  readonly onMade: ((made: NewInvitation) => void) | undefined;
}) {
  const { t } = useTranslation();
  const word = useCodes();
  const { id, organisation, name, address, role, state, person, authorisation, invitedBy, expiresAt, etag } =
    props.invitation;
  return (
    <li className="row-card">
      <div className="row-main">
        <p className="row-title">{worded(person?.name ?? name)}</p>
        <p className="row-meta">
          {props.ofAll && <span>{worded(organisation.name)}</span>}
          <span>{role === null ? t('colleagues.noPost') : word('role', role)}</span>
          {address !== null && <span className="mono">{address}</span>}
          <span>{t('colleagues.invitedBy', { name: worded(invitedBy.name) })}</span>
        </p>
        {authorisation !== null && <p className="said">{worded(authorisation)}</p>}
      </div>
      <div className="row-side">
        <StateBadge family="invitationState" state={state} />
        {address !== null && (
          <span className="row-turn">
            {t('colleagues.until')} <Moment at={expiresAt} />
          </span>
        )}
        {props.invitation.allowedCommands.length > 0 && (
          <CommandPanel
            path={`/api/invitations/${id}`}
            etag={etag}
            commands={props.invitation.allowedCommands}
            formOf={(command) => (command === 'refuse' ? (form) => <SaidForm {...form} name="reason" /> : null)}
            consequenceOf={(command) => (command === 'confirm' ? t('colleagues.confirmation') : null)}
            main={['confirm']}
            grave={['revoke', 'refuse']}
            onDone={(command, answer) => command === 'send-again' && props.onMade?.(answer as NewInvitation)}
          />
        )}
      </div>
    </li>
  );
}
