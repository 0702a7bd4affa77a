import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type AgreementTemplate, agreementsQuery } from '../api/record';
import { useCodes } from '../parts/codes';
import { Card, PageTitle } from '../parts/page';
import { useSession } from '../parts/session';
import { Empty } from '../parts/states';
import { Moment } from '../parts/time';
import { Waiting } from '../parts/waiting';
import { Worded } from '../parts/wording';
import { LinkButton } from '../shell/link-button';
import { VersionText } from './version-text';

/** The data-use agreements in force, with what a signatory accepts of each: its version and hash. */
export function Agreements() {
  const { t } = useTranslation();
  const query = useQuery(agreementsQuery());
  const writes = useSession().has('admin');
  if (query.data === undefined) return <Waiting query={query} />;
  const { items } = query.data;
  return (
    <div className="page">
      <PageTitle
        title={t('agreements.title')}
        side={writes && <LinkButton to="/agreements/new">{t('agreements.new')}</LinkButton>}
      >
        <p className="lead">{t('agreements.text')}</p>
      </PageTitle>
      <Card>
        {items.length === 0 ? (
          <Empty title={t('agreements.empty')} />
        ) : (
          <ul className="rows">
            {items.map((one) => (
              <Row key={one.template} agreement={one} writes={writes} />
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}

function Row({ agreement, writes }: { readonly agreement: AgreementTemplate; readonly writes: boolean }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { template, version, title, text, hash, execution, publishedAt } = agreement;
  return (
    <li className="row-card" data-template={template}>
      <div className="row-main">
        <p className="row-title">
          <Worded text={title} />
        </p>
        <p className="row-meta">
          <span>{t('agreement.version', { version })}</span>
          <span>{word('execution', execution)}</span>
          <Moment at={publishedAt} />
        </p>
        <p>
          <span className="hash mono">{hash}</span>
        </p>
        <VersionText title={title} text={text} />
      </div>
      {writes && (
        <div className="row-side">
          <LinkButton to="/agreements/$template" params={{ template }} variant="default" size="xs">
            {t('agreements.next')}
          </LinkButton>
        </div>
      )}
    </li>
  );
}
