import './fusion.css';
import { useTranslation } from 'react-i18next';
import type { ExactFusion, FusedTable, FusionFigures, FusionPair } from '../api/fusion';
import { useCodes } from '../parts/codes';
import { Facts } from '../parts/page';
import { Moment } from '../parts/time';
import { TextLink } from '../shell/link-button';

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;
const columns = ({ first, second }: { readonly first: string; readonly second: string }): string =>
  first === second ? first : `${first} = ${second}`;

interface Names {
  readonly first: string;
  readonly second: string;
}

/** On what two datasets could be joined, and what joining files of both showed. What nobody knows says so. */
export function PairDetails(props: {
  readonly pair: FusionPair;
  readonly names: Names;
  /** The fusion assessment that the screen is about. */
  readonly here?: string;
  /** The case that the screen is about. */
  readonly application?: string;
}) {
  const { pair, names, here, application } = props;
  return (
    <>
      {/* Figures of both files say more than that nobody assessed the content. */}
      {(pair.status !== 'not-assessed' || pair.exact?.current !== true) && <Shared pair={pair} />}
      {pair.exact !== null && <Exact exact={pair.exact} names={names} here={here} application={application} />}
    </>
  );
}

function Shared({ pair }: { readonly pair: FusionPair }) {
  const { t } = useTranslation();
  const word = useCodes();
  if (pair.status === 'not-assessed')
    return <p className="muted">{t('fusion.unknown', { reason: word('notAssessed', pair.reason) })}</p>;
  if (pair.status === 'nothing-shared') return <p>{t('fusion.nothingShared')}</p>;
  return (
    <>
      <p>{t(pair.basis === 'headings' ? 'fusion.sharedByHeadings' : 'fusion.shared')}</p>
      <ul className="shared-list">
        {pair.shared.map((one) => (
          <li key={one.type}>
            <strong>{word('findingType', one.type)}</strong>{' '}
            <span className="muted">
              {one.first.join(', ')} ↔ {one.second.join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Exact(props: {
  readonly exact: ExactFusion;
  readonly names: Names;
  readonly here: string | undefined;
  readonly application: string | undefined;
}) {
  const { exact, names, here, application } = props;
  const { t } = useTranslation();
  const word = useCodes();
  const { figures, current, assessedAt, fusion, reason } = exact;
  return (
    <div className="exact">
      {!current && <p className="note note-wait">{t('fusion.outdated')}</p>}
      {figures === null ? (
        <p className="muted">{t('fusion.noFigures', { reason: word('notAssessed', reason) })}</p>
      ) : (
        <>
          <p className={current && figures.links ? 'note note-stop' : undefined}>
            {t(figures.links ? 'fusion.links' : 'fusion.byChance', {
              count: figures.uniqueToUnique,
              share: percent(figures.certainShare),
            })}
          </p>
          <Figures figures={figures} names={names} />
        </>
      )}
      <p className="muted">
        {here === fusion ? (
          <Moment at={assessedAt} />
        ) : (
          <TextLink to="/fusion/$id" params={{ id: fusion }} search={{ case: application }}>
            {t('fusion.from')} <Moment at={assessedAt} />
          </TextLink>
        )}
      </p>
    </div>
  );
}

function Figures({ figures, names }: { readonly figures: FusionFigures; readonly names: Names }) {
  const { t } = useTranslation();
  const word = useCodes();
  const table = ({ records, k, matched, fall }: FusedTable): string =>
    t(fall > 0 ? 'fusion.tableFalls' : 'fusion.table', { records, k, matched: percent(matched), fall });
  return (
    <Facts
      rows={[
        [t('fusion.columns'), figures.columns.map(columns).join('; ')],
        [names.first, table(figures.first)],
        [names.second, table(figures.second)],
        [t('fusion.kJoined'), figures.kJoined === null ? null : String(figures.kJoined)],
        [t('fusion.leftOut'), figures.leftOut.map((one) => `${columns(one)} (${word('leftOut', one.why)})`).join('; ')],
      ]}
    />
  );
}
