import { Radio, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../api/types';
import { useCodes } from '../../parts/codes';
import type { FormProps } from '../../parts/command-panel';
import { today } from '../../parts/time';

const KINDS = ['reconsideration', 'litigation'] as const;

/** The kinds of which the case has an open proceeding, or has none. */
export const kindsOf = ({ proceedings }: Application, which: 'open' | 'free'): readonly string[] => {
  const open = proceedings.filter(({ ended }) => ended === null).map(({ kind }) => kind);
  return KINDS.filter((kind) => open.includes(kind) === (which === 'open'));
};

/** One of the kinds that there are; where there is only one it is chosen. */
export function KindChoice(props: {
  readonly kinds: readonly string[];
  readonly kind: string;
  readonly error: string | undefined;
  readonly onKind: (kind: string) => void;
}) {
  const { t } = useTranslation();
  const word = useCodes();
  const { kinds, kind, error, onKind } = props;
  return (
    <Radio.Group label={t('proceeding.kind')} value={kind} error={error} onChange={onKind} required>
      <div className="choices">
        {kinds.map((one) => (
          <Radio key={one} value={one} label={word('proceeding', one)} />
        ))}
      </div>
    </Radio.Group>
  );
}

/** That one was filed: with whom, when, and under which number there. */
export function ProceedingForm({ onBody, faultAt, application }: FormProps & { readonly application: Application }) {
  const { t } = useTranslation();
  const kinds = kindsOf(application, 'free');
  const [chosen, setChosen] = useState('');
  const [forum, setForum] = useState('');
  const [filedOn, setFiledOn] = useState('');
  const [reference, setReference] = useState('');
  const kind = kinds.length === 1 ? (kinds[0] ?? '') : chosen;
  useEffect(() => {
    const body = { kind, forum: forum.trim(), filedOn, reference: reference.trim() };
    onBody(Object.values(body).includes('') ? null : body);
  }, [kind, forum, filedOn, reference, onBody]);
  return (
    <>
      <KindChoice kinds={kinds} kind={kind} error={faultAt('/kind')} onKind={setChosen} />
      <TextInput
        label={t('proceeding.forum')}
        required
        value={forum}
        error={faultAt('/forum')}
        onChange={(event) => setForum(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('proceeding.filedOn')}
        required
        max={today()}
        value={filedOn}
        error={faultAt('/filedOn')}
        onChange={(event) => setFiledOn(event.currentTarget.value)}
      />
      <TextInput
        label={t('proceeding.reference')}
        required
        value={reference}
        error={faultAt('/reference')}
        onChange={(event) => setReference(event.currentTarget.value)}
      />
      <p className="muted">{t('proceeding.noClock')}</p>
    </>
  );
}
