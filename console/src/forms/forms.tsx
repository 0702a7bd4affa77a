import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formsQuery, type PublishedForm } from '../api/forms';
import { useCommand } from '../api/commands';
import { PURPOSES, type Purpose } from '../api/types';
import { useCodes } from '../parts/codes';
import { Card, PageTitle } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { Moment } from '../parts/time';
import { Waiting } from '../parts/waiting';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { LinkButton } from '../shell/link-button';
import { Button } from '@mantine/core';
import { useSession } from '../parts/session';

/** What applicants of each purpose are asked: the forms in force, and the way to the next version. */
export function Forms() {
  return (
    <SignedIn>
      <InForce />
    </SignedIn>
  );
}

function InForce() {
  const { t } = useTranslation();
  const query = useQuery(formsQuery());
  const writes = useSession().has('officer');
  if (query.data === undefined) return <Waiting query={query} />;
  return (
    <div className="page">
      <PageTitle title={t('forms.title')}>
        <p className="lead">{t('forms.text')}</p>
      </PageTitle>
      <Card>
        <ul className="rows">
          {PURPOSES.map((purpose) => (
            <OfPurpose
              key={purpose}
              purpose={purpose}
              form={query.data.items.find((one) => one.purpose === purpose) ?? null}
              writes={writes}
            />
          ))}
        </ul>
      </Card>
    </div>
  );
}

function OfPurpose(props: {
  readonly purpose: Purpose;
  readonly form: PublishedForm | null;
  readonly writes: boolean;
}) {
  const { purpose, form, writes } = props;
  const { t } = useTranslation();
  const word = useCodes();
  const withdraw = useCommand<PublishedForm>();
  return (
    <li className="row-card">
      <div className="row-main">
        <p className="row-title">{word('purpose', purpose)}</p>
        <p className="row-meta">
          {form === null && <span>{t('forms.none')}</span>}
          {form !== null && (
            <>
              <span>{worded(form.title)}</span>
              <span>{t('forms.version', { number: form.number })}</span>
              <span>{t('forms.fieldCount', { count: form.fields.length })}</span>
              <span>{t(form.obligatory ? 'forms.obligatory' : 'forms.voluntary')}</span>
              <Moment at={form.publishedAt} />
            </>
          )}
        </p>
        {withdraw.isError && <ProblemPanel error={withdraw.error} />}
      </div>
      {writes && (
        <div className="row-side">
          <LinkButton to="/forms/$purpose" params={{ purpose }} variant="default" size="xs">
            {t(form === null ? 'forms.write' : 'forms.next')}
          </LinkButton>
          {form !== null && (
            <Button
              size="xs"
              variant="subtle"
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate({ path: `${form.href}/commands/withdraw`, body: {}, etag: form.etag })}
            >
              {t('forms.withdraw')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
