import { Radio, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../api/applications';
import { useCodes } from '../../parts/codes';
import type { FormProps } from '../../parts/command-panel';
import { textFields } from '../../parts/text-fields';
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
  const [said, setSaid] = useState({ forum: '', filedOn: '', reference: '' });
  const field = textFields(said, faultAt, (change) => setSaid({ ...said, ...change }));
  const kind = kinds.length === 1 ? (kinds[0] ?? '') : chosen;
  useEffect(() => {
    const body = { kind, forum: said.forum.trim(), filedOn: said.filedOn, reference: said.reference.trim() };
    onBody(Object.values(body).includes('') ? null : body);
  }, [kind, said, onBody]);
  return (
    <>
      <KindChoice kinds={kinds} kind={kind} error={faultAt('/kind')} onKind={setChosen} />
      <TextInput label={t('proceeding.forum')} required {...field('forum')} />
      <TextInput type="date" label={t('proceeding.filedOn')} required max={today()} {...field('filedOn')} />
      <TextInput label={t('proceeding.reference')} required {...field('reference')} />
      <p className="muted">{t('proceeding.noClock')}</p>
    </>
  );
}
