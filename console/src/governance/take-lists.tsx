import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type PackInForce, packsQuery } from '../api/governance';
import { PageTitle } from '../parts/page';
import { Empty } from '../parts/states';
import { Waiting } from '../parts/waiting';
import { TextLink } from '../shell/link-button';
import { VersionForm } from './version-form';

/** `columns/2` and the like, as rules name them. */
export const listNames = ({ newer }: PackInForce): string =>
  newer.map(({ part, version }) => `${part}/${version}`).join(', ');

/** A version that takes over the lists the product brings; the rules stay as they were published here. */
export function TakeLists({ pack }: { readonly pack: string }) {
  const query = useQuery(packsQuery());
  if (query.data === undefined) return <Waiting query={query} />;
  const inForce = query.data.items.find(({ id }) => id === pack);
  return inForce === undefined || inForce.newer.length === 0 ? <Nothing /> : <Written of={inForce} />;
}

function Nothing() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageTitle title={t('packs.title')} />
      <Empty title={t('takeLists.none')}>
        <TextLink to="/rule-packs">{t('packs.title')}</TextLink>
      </Empty>
    </div>
  );
}

function Written({ of }: { readonly of: PackInForce }) {
  const { t } = useTranslation();
  return (
    <VersionForm
      pack={of.id}
      number={of.version + 1}
      text={t('takeLists.text', { lists: listNames(of) })}
      button={t('newPack.give')}
      changes={() => Object.fromEntries(of.newer.map(({ part, version }) => [part, version]))}
    />
  );
}
