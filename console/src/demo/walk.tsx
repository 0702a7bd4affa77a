import './walk.css';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../parts/page';

const STEPS = [
  { step: 'apply', as: 'enterprise-a-handler', then: '/datasets?field=transport&tier=conditional' },
  { step: 'review', as: 'reviewer-transport', then: '/queue' },
  { step: 'approve', as: 'approver', then: '/queue' },
  { step: 'sign', as: 'enterprise-a-signatory', then: '/applications' },
  { step: 'download', as: 'enterprise-a-handler', then: '/grants?state=active' },
  { step: 'suspend', as: 'supervisor', then: '/grants?state=active' },
] as const;

/** The demo's way from an application to an enforced decision: who does what, each one click away. */
export function Walk() {
  const { t } = useTranslation();
  return (
    <Card title={t('demo.walk')}>
      <p className="muted">{t('demo.walkText')}</p>
      <ol className="walk">
        {STEPS.map(({ step, as, then }) => (
          <li key={step}>
            <strong>{t(`demo.step.${step}.title`)}</strong>
            <span>{t(`demo.step.${step}.text`)}</span>
            <Link to="/sign-in" search={{ as, then }}>
              {t('demo.play', { account: as })}
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  );
}
