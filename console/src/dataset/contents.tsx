import { useTranslation } from 'react-i18next';
import type { Dataset } from '../api/datasets';
import { useCodes } from '../parts/codes';
import { DataLink } from '../parts/data-link';
import { Card, TableFrame } from '../parts/page';
import { TierBadge } from '../parts/tier-badge';
import { Worded } from '../parts/wording';

export function Items({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const items = dataset.items ?? [];
  if (items.length === 0) return null;
  return (
    <Card
      title={t('dataset.items')}
      aside={<span className="muted">{t('dataset.itemCount', { count: items.length })}</span>}
    >
      <TableFrame label={t('dataset.items')}>
        <thead>
          <tr>
            <th scope="col">{t('dataset.itemTitle')}</th>
            <th scope="col">{t('dataset.itemName')}</th>
            <th scope="col">{t('dataset.itemTier')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.name}>
              <td>
                <Worded text={item.title} />
              </td>
              <td className="mono">
                {item.name} <small className="muted">{item.type}</small>
              </td>
              <td>
                <TierBadge tier={item.tier} />
              </td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </Card>
  );
}

export function Distributions({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const word = useCodes();
  const distributions = dataset.distributions ?? [];
  if (distributions.length === 0) return null;
  return (
    <Card title={t('dataset.distributions')} id="data">
      <ul className="distributions">
        {distributions.map((one) => (
          <li key={one.id}>
            <span className="format">{one.format.toUpperCase()}</span>
            <span className="grow">
              <Worded text={one.title} />
              <small>{word('kind', one.kind)}</small>
            </span>
            <TierBadge tier={one.tier} />
            {one.url != null && one.url !== '' ? (
              <DataLink href={one.url} dataset={dataset.id} tier={one.tier}>
                {t('dataset.get')}
              </DataLink>
            ) : (
              <span className="muted">{t('dataset.afterGrant')}</span>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** A sample of the data and the dictionary of its items: for everyone who sees the record. */
export function Documents({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const word = useCodes();
  const documents = dataset.documents ?? [];
  if (documents.length === 0) return null;
  return (
    <Card title={t('dataset.documents')} id="documents">
      <ul className="distributions">
        {documents.map((one) => (
          <li key={one.url}>
            <span className="grow">
              <Worded text={one.title} />
              <small>{word('document', one.kind)}</small>
            </span>
            <a href={one.url} rel="noreferrer">
              {t('dataset.get')}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
