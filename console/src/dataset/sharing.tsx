import { useTranslation } from 'react-i18next';
import type { Dataset } from '../api/datasets';
import { useCodes } from '../parts/codes';
import { Card, Facts } from '../parts/page';
import { useSession } from '../parts/session';
import { Worded } from '../parts/wording';
import { LinkButton } from '../shell/link-button';

/** For people who ask on behalf of a public body: how the data is shared with other bodies, and the way to ask. */
export function Sharing({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { me, has } = useSession();
  const own = me?.organisation?.id === dataset.publisher.id;
  const asks = me?.organisation?.kind === 'public-body' && has('handler', 'signatory') && !own;
  if (!asks || dataset.sharingTier == null || dataset.tier === 'open') return null;
  const shared = dataset.sharingTier !== 'not-shared';
  const { sharingConditionWording: condition, legalBasisWording: basis } = dataset;
  return (
    <Card title={t('sharing.title')}>
      <Facts
        rows={[
          [t('dataset.sharing'), word('sharingTier', dataset.sharingTier)],
          [t('sharing.condition'), condition && <Worded text={condition} />],
          [t('dataset.legalBasis'), !shared && basis && <Worded text={basis} />],
        ]}
      />
      <p className="muted">{t(`sharing.help.${dataset.sharingTier}`)}</p>
      {shared && has('handler') && dataset.state === 'listed' && (
        <LinkButton to="/apply" search={{ dataset: dataset.id, kind: 'sharing' }} fullWidth>
          {t('sharing.ask')}
        </LinkButton>
      )}
      {!shared && dataset.tier === 'restricted' && (
        <LinkButton to="/demands/new" search={{ dataset: dataset.id }} variant="default" fullWidth>
          {t('demands.make')}
        </LinkButton>
      )}
    </Card>
  );
}
