import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '../api/types';
import { useCodes } from '../parts/codes';
import { LinkButton } from '../shell/link-button';

/** Only addresses of this console are followed; a machine's address is no place for a person. */
const screenOf = (href: string | null | undefined): string | null =>
  href != null && /^\/(applications|grants|datasets)\/[^/?#]+(\/apply)?$/.test(href) ? href : null;

/** The one next step, as the server names it. */
export function NextStepButton({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const word = useCodes();
  const step = dataset.nextStep;
  if (step == null) return null;
  const label = word('nextStep', step.code);
  const help = <p className="muted">{word('nextStepHelp', step.code)}</p>;
  const here = `/datasets/${dataset.id}`;
  const screen = screenOf(step.href);
  if (step.code === 'sign-in') {
    return (
      <>
        <LinkButton to="/sign-in" search={{ then: here }} fullWidth>
          {label}
        </LinkButton>
        {help}
      </>
    );
  }
  if (step.code === 'apply') {
    return (
      <>
        <LinkButton to="/apply" search={{ dataset: dataset.id }} fullWidth>
          {label}
        </LinkButton>
        {help}
      </>
    );
  }
  if (step.code === 'none') {
    const hasData = dataset.distributions?.some((one) => one.url != null && one.url !== '') ?? false;
    if (!hasData) return help;
    return (
      <Button component="a" href="#data" fullWidth>
        {t('dataset.toData')}
      </Button>
    );
  }
  if (screen !== null && screen !== here) {
    return (
      <>
        <LinkButton to={screen as never} fullWidth>
          {label}
        </LinkButton>
        {help}
      </>
    );
  }
  return (
    <>
      <p className="next-step">{label}</p>
      {help}
    </>
  );
}
