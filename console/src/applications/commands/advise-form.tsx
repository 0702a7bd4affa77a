import { Radio, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../parts/codes';
import type { FormProps } from '../../parts/command-panel';

const RECOMMENDATIONS = ['approve', 'approve-in-part', 'refuse'] as const;

export function AdviseForm({ onBody, faultAt }: FormProps) {
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
