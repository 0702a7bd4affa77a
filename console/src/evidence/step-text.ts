import { useTranslation } from 'react-i18next';
import type { Coarser, LoweringStep } from '../api/assessments';

/** A step of advice as a sentence. */
export function useStepText(): (step: LoweringStep) => string {
  const { t } = useTranslation();
  const coarser = (to: Coarser): string => {
    switch (to.by) {
      case 'year':
        return t('lowering.coarser.year');
      case 'decade':
        return t('lowering.coarser.decade');
      case 'band':
        return t('lowering.coarser.band', { width: to.width });
      case 'prefix':
        return t('lowering.coarser.prefix', { length: to.length });
    }
  };
  return (step) => {
    switch (step.kind) {
      case 'drop':
        return t('lowering.step.drop', { column: step.column });
      case 'mask':
        return t('lowering.step.mask', { column: step.column, first: step.first, last: step.last });
      case 'generalise':
        return t('lowering.step.generalise', { column: step.column, to: coarser(step.to) });
      case 'withhold':
        return t('lowering.step.withhold', { columns: step.columns.join(' + '), least: step.least });
    }
  };
}
