import '../applications/applications.css';
import { Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { REGISTRANTS, type Registrant } from '../api/registrations';
import { useCodes } from '../parts/codes';
import { Card, PageTitle } from '../parts/page';
import { TextLink } from '../shell/link-button';
import { OrganisationForm } from './organisation-form';
import { PersonForm } from './person-form';

/** Taking part: as an enterprise, as an organisation that is no legal person, or in one's own name. */
export function Join() {
  const { t } = useTranslation();
  const word = useCodes();
  const [kind, setKind] = useState<Registrant | ''>('');
  const [done, setDone] = useState(false);
  const onDone = () => setDone(true);
  return (
    <div className="page narrow">
      <PageTitle title={t('join.title')} above={<TextLink to="/sign-in">← {t('signIn.title')}</TextLink>}>
        <p className="lead">{t('join.text')}</p>
      </PageTitle>
      <div aria-live="polite">
        {done && (
          <Card tone="good" title={t('join.received')}>
            <p>{t(kind === 'person' ? 'join.nextPerson' : 'join.next')}</p>
          </Card>
        )}
      </div>
      {!done && (
        <Card title={t('join.who')}>
          <Radio.Group
            aria-label={t('join.who')}
            value={kind}
            onChange={(value) => setKind(value as Registrant)}
            required
          >
            <div className="choices">
              {REGISTRANTS.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={word('registrant', one)}
                  description={word('registrantHelp', one)}
                />
              ))}
            </div>
          </Radio.Group>
          {kind === 'person' && <PersonForm onDone={onDone} />}
          {(kind === 'enterprise' || kind === 'unincorporated') && (
            <OrganisationForm key={kind} kind={kind} onDone={onDone} />
          )}
        </Card>
      )}
    </div>
  );
}
