import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { assessmentQuery } from '../api/queries';
import type { AssessmentGroup } from '../api/assessments';
import { Card } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { TierBadge } from '../parts/tier-badge';
import { Worded } from '../parts/wording';
import { LinkButton } from '../shell/link-button';
import { PublisherName } from './publisher-name';

const SHOWN = 6;

/** Records with the same rules and verdict: looked at once, confirmed by one act. */
export function Groups({ groups }: { readonly groups: readonly AssessmentGroup[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  if (groups.length === 0) return null;
  return (
    <Card title={t('groups.title')}>
      <p className="muted">{t('groups.text')}</p>
      <ul className="groups">
        {groups.slice(0, all ? groups.length : SHOWN).map((group) => (
          <Group key={group.group} group={group} />
        ))}
      </ul>
      {!all && groups.length > SHOWN && (
        <Button variant="subtle" onClick={() => setAll(true)}>
          {t('groups.all', { count: groups.length })}
        </Button>
      )}
    </Card>
  );
}

function Group({ group }: { readonly group: AssessmentGroup }) {
  const { t } = useTranslation();
  const sample = useQuery(assessmentQuery(group.sample));
  const confirm = useCommand<{ readonly confirmed: number }>();
  const verdict = sample.data?.verdict;
  return (
    <li className="group">
      <div className="group-head">
        <strong>{t('groups.count', { count: group.count })}</strong>
        {verdict != null && <TierBadge tier={verdict.proposed ?? verdict.tier} />}
      </div>
      {sample.data !== undefined && <PublisherName id={sample.data.publisher} />}
      <ul className="bullets">
        {sample.data?.rules.slice(0, 3).map((rule) => (
          <li key={rule.id}>
            <Worded text={rule.text} />
          </li>
        ))}
      </ul>
      {confirm.isError && <ProblemPanel error={confirm.error} />}
      <div className="row">
        <LinkButton to="/classification/groups/$group" params={{ group: group.group }} variant="default" size="xs">
          {t('groups.look')}
        </LinkButton>
        {sample.data?.allowedCommands.includes('confirm') === true && (
          <Button
            size="xs"
            loading={confirm.isPending}
            onClick={() => confirm.mutate({ path: '/api/assessments/commands/confirm', body: { group: group.group } })}
          >
            {t('groups.confirm', { count: group.count })}
          </Button>
        )}
        {verdict?.abstained === true && (
          <>
            <LinkButton
              to="/classification/groups/$group/alike"
              params={{ group: group.group }}
              variant="default"
              size="xs"
            >
              {t('alike.open')}
            </LinkButton>
            <span className="muted">{t('groups.abstained')}</span>
          </>
        )}
      </div>
    </li>
  );
}
