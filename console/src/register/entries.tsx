import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RegisterEntry } from '../api/register';
import { useCodes } from '../parts/codes';
import { TableFrame } from '../parts/page';
import { worded } from '../parts/wording';

/** Lines of the register; what a line does not tell is said to be untold, not left blank. */
export function Entries({ items }: { readonly items: readonly RegisterEntry[] }) {
  const { t } = useTranslation();
  return (
    <TableFrame label={t('register.lines')}>
      <thead>
        <tr>
          <th scope="col">{t('register.quarter')}</th>
          <th scope="col">{t('register.dataset')}</th>
          <th scope="col">{t('register.purpose')}</th>
          <th scope="col">{t('register.outcome')}</th>
          <th scope="col">{t('register.workingDays')}</th>
          <th scope="col">{t('register.use')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((entry, at) => (
          <Line key={at} entry={entry} />
        ))}
      </tbody>
    </TableFrame>
  );
}

function Line({ entry }: { readonly entry: RegisterEntry }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { dataset, holder, field, purpose, applicantKind, days, limit, use } = entry;
  const place = [worded(holder?.name), word('field', field)].filter((one) => one !== '').join(' · ');
  const asked = [word('purpose', purpose), word('applicantKind', applicantKind)]
    .filter((one) => one !== '')
    .join(' · ');
  return (
    <tr>
      <td className="mono">{entry.quarter}</td>
      <td>
        {dataset === null ? (
          <span className="muted">{t('register.notNamed')}</span>
        ) : (
          <Link to="/datasets/$id" params={{ id: dataset.id }}>
            {worded(dataset.title)}
          </Link>
        )}
        <p className="muted">{place}</p>
      </td>
      <td>{asked === '' ? <span className="muted">{t('register.notNamed')}</span> : asked}</td>
      <td>
        <Ended entry={entry} />
      </td>
      <td>
        {days === null ? '–' : `${days}/${limit ?? '–'}`}
        {!entry.inTime && <p className="muted">{t('register.late')}</p>}
      </td>
      <td>
        {use.granted ? t('register.usedFor', { products: use.products }) : '–'}
        {use.named.length > 0 && <p className="muted">{use.named.join('; ')}</p>}
      </td>
    </tr>
  );
}

function Ended({ entry: { outcome, reasons, appeal } }: { readonly entry: RegisterEntry }) {
  const word = useCodes();
  return (
    <>
      {word('matterOutcome', outcome)}
      {reasons.map(({ code, text, article }) => (
        <p key={code} className="muted">
          {[worded(text) || code, worded(article?.text)].filter((one) => one !== '').join(' · ')}
        </p>
      ))}
      {appeal !== null && <p className="muted">{word('appealState', appeal)}</p>}
    </>
  );
}
