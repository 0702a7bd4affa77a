import { Radio, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../parts/codes';
import type { FormProps } from '../../parts/command-panel';
import { StandsAlone } from '../../similar/stands-alone';

const RECOMMENDATIONS = ['approve', 'approve-in-part', 'refuse'] as const;
/** The ruling that each recommends. */
const RULINGS = { approve: 'approved', 'approve-in-part': 'approved-in-part', refuse: 'refused' } as const;
const rulingOf = (recommendation: string) => RULINGS[recommendation as keyof typeof RULINGS] ?? null;

export function AdviseForm({ onBody, faultAt, application }: FormProps & { readonly application: string }) {
  const { t } = useTranslation();
  const word = useCodes();
  const [recommendation, setRecommendation] = useState('');
  const [remark, setRemark] = useState('');
  useEffect(
    () => onBody(recommendation === '' ? null : { recommendation, remark: remark.trim() }),
    [recommendation, remark, onBody],
  );
  return (
    <>
      <Radio.Group
        label={t('advise.recommendation')}
        value={recommendation}
        onChange={setRecommendation}
        error={faultAt('/recommendation')}
        required
      >
        <div className="choices">
          {RECOMMENDATIONS.map((one) => (
            <Radio key={one} value={one} label={word('recommendation', one)} />
          ))}
        </div>
      </Radio.Group>
      <StandsAlone application={application} ruling={rulingOf(recommendation)} />
      <Textarea
        label={t('advise.remark')}
        autosize
        minRows={3}
        value={remark}
        error={faultAt('/remark')}
        onChange={(event) => setRemark(event.currentTarget.value)}
      />
    </>
  );
}
