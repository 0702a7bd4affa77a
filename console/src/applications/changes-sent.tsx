import { useTranslation } from 'react-i18next';
import type { Application, Change } from '../api/applications';
import { useCodes } from '../parts/codes';
import { Card, TableFrame } from '../parts/page';
import { nameOf, worded } from '../parts/wording';

/** Before and after, place by place, so that nobody reads a whole request twice. */
export function ChangesSent({ application }: { readonly application: Application }) {
  const { t } = useTranslation();
  const { changes } = application;
  const place = usePlaces(application);
  const said = useValues(application);
  if (changes === undefined) return null;
  return (
    <Card title={t('changesSent.title')}>
      {changes.length === 0 && <p className="muted">{t('changesSent.none')}</p>}
      {changes.length > 0 && (
        <TableFrame label={t('changesSent.title')}>
          <thead>
            <tr>
              <td />
              <th scope="col">{t('changesSent.before')}</th>
              <th scope="col">{t('changesSent.after')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.pointer} data-pointer={change.pointer}>
                <th scope="row">{place(change)}</th>
                <td className="said">{said(change.pointer, change.before)}</td>
                <td className="said">{said(change.pointer, change.after)}</td>
              </tr>
            ))}
          </tbody>
        </TableFrame>
      )}
    </Card>
  );
}

const partsOf = (pointer: string): readonly string[] => pointer.split('/').slice(1);

/** What a place of the request is called where it is written. */
function usePlaces({ datasets, formAsked }: Application): (change: Change) => string {
  const { t } = useTranslation();
  const word = useCodes();
  const single: Readonly<Record<string, string>> = {
    '/purpose/category': t('request.purpose'),
    '/purpose/scenario': t('request.scenario'),
    '/purpose/project': t('request.project'),
    '/delivery': t('request.delivery'),
    '/period/from': t('apply.from'),
    '/period/to': t('apply.to'),
    '/members': t('request.members'),
    '/securityPlan': t('request.securityPlan'),
    '/attachments': t('attachments.title'),
  };
  return ({ pointer }) => {
    const [kind = '', name = '', answer = ''] = partsOf(pointer);
    if (kind === 'datasets') return worded(datasets.find(({ dataset }) => dataset === name)?.title) || name;
    if (kind === 'evidence') return word('conditionKind', name);
    if (kind === 'form') return worded(formAsked?.fields.find((field) => field.name === answer)?.title) || answer;
    return single[pointer] ?? pointer;
  };
}

/** A value as it is read on the request; texts of applicants are shown as text and nothing else. */
function useValues({ memberNames, attachmentFiles }: Application): (pointer: string, value: unknown) => string {
  const { t } = useTranslation();
  const word = useCodes();
  return (pointer, value) => {
    if (value === null) return t('changesSent.nothing');
    if (typeof value === 'boolean') return t(value ? 'forms.yes' : 'forms.no');
    if (pointer === '/purpose/category') return word('purpose', String(value));
    if (pointer === '/delivery') return word('delivery', String(value));
    if (pointer === '/members')
      return (value as string[]).map((id) => nameOf(memberNames.find((one) => one.id === id) ?? id)).join(' · ');
    if (pointer === '/attachments')
      return (value as string[]).map((id) => attachmentFiles.find((one) => one.id === id)?.name ?? id).join(' · ');
    if (Array.isArray(value)) return value.join(' · ');
    if (typeof value !== 'object') return String(value);
    if ('items' in value) return (value.items as string[]).join(' · ') || t('changesSent.whole');
    return Object.values(value).join(' · ');
  };
}
