import { Button } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Dataset, NextStep } from '../api/datasets';
import { useCodes } from '../parts/codes';
import { LinkButton } from '../shell/link-button';

/** Only addresses of this console are followed; a machine's address is no place for a person. */
const screenOf = (href: string | null | undefined): string | null =>
  href != null && /^\/(applications|grants|datasets)\/[^/?#]+(\/apply)?$/.test(href) ? href : null;

/** Where there is nowhere to go, what they mean is all there is to say. */
const NOTHING_TO_DO: ReadonlySet<string> = new Set(['none', 'wait']);

/** A dataset's one next step; when it is free to take, that is the data itself. */
export function NextStepButton({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const step = dataset.nextStep;
  if (step == null) return null;
  const hasData = dataset.distributions?.some((one) => one.url != null && one.url !== '') ?? false;
  if (step.code === 'none' && hasData) {
    return (
      <Button component="a" href="#data" fullWidth>
        {t('dataset.toData')}
      </Button>
    );
  }
  return <NextStepLink step={step} dataset={dataset.id} />;
}

/** A next step as the server names it: a way to go where there is one, and what it means. */
export function NextStepLink({ step, dataset }: { readonly step: NextStep; readonly dataset: string | undefined }) {
  const word = useCodes();
  return (
    <>
      <Way step={step} dataset={dataset} />
      <p className="muted">{word('nextStepHelp', step.code)}</p>
    </>
  );
}

function Way({ step, dataset }: { readonly step: NextStep; readonly dataset: string | undefined }) {
  const { t } = useTranslation();
  const word = useCodes();
  const here = useLocation();
  const label = word('nextStep', step.code);
  const screen = screenOf(step.href);
  if (step.code === 'sign-in') {
    return (
      <LinkButton to="/sign-in" search={{ then: here.href }} fullWidth>
        {label}
      </LinkButton>
    );
  }
  if (step.code === 'apply' && dataset !== undefined) {
    return (
      <LinkButton to="/apply" search={{ dataset }} fullWidth>
        {label}
      </LinkButton>
    );
  }
  if (step.code === 'demand' && dataset !== undefined) {
    return (
      <>
        <p className="next-step">{label}</p>
        <LinkButton to="/demands/new" search={{ dataset }} fullWidth>
          {t('demands.make')}
        </LinkButton>
      </>
    );
  }
  if (screen !== null && screen !== here.pathname) {
    return (
      <LinkButton to={screen as never} fullWidth>
        {label}
      </LinkButton>
    );
  }
  return NOTHING_TO_DO.has(step.code) ? null : <p className="next-step">{label}</p>;
}
