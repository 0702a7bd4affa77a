import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DutyTerm } from '../api/types';

type TermName = keyof DutyTerm;
const LIMITS: Readonly<Record<TermName, readonly [least: number, most: number]>> = {
  everyMonths: [1, 60],
  withinDays: [0, 3650],
};

export const isDue = ({ everyMonths, withinDays }: DutyTerm): boolean =>
  everyMonths !== undefined || withinDays !== undefined;

/** By when what a condition asks for is due; nothing where only its text says so. */
export function DueTerm({ term }: { readonly term: DutyTerm }) {
  const { t } = useTranslation();
  if (term.everyMonths !== undefined) return t('dueTerm.everyMonths', { count: term.everyMonths });
  return term.withinDays === undefined ? null : t('dueTerm.withinDays', { count: term.withinDays });
}

/** The term that a kind of condition has; left empty, nothing falls due of itself. */
export function DueTermInput(props: {
  readonly name: TermName;
  readonly term: DutyTerm;
  readonly error?: string | undefined;
  readonly onTerm: (term: DutyTerm) => void;
}) {
  const { t } = useTranslation();
  const { name, onTerm } = props;
  const [least, most] = LIMITS[name];
  return (
    <NumberInput
      label={t(`dueTerm.input.${name}`)}
      description={t('dueTerm.help')}
      min={least}
      max={most}
      allowDecimal={false}
      value={props.term[name] ?? ''}
      error={props.error}
      onChange={(value) => onTerm(typeof value === 'number' ? { [name]: value } : {})}
    />
  );
}
