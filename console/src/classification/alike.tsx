import '../applications/applications.css';
import './classification.css';
import { Button, Checkbox, Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlikeMember, AlikeSet } from '../api/assessments';
import { alikeQuery } from '../api/queries';
import { TIERS, type Tier } from '../api/types';
import { useCodes } from '../parts/codes';
import { CommandPanel, type FormProps } from '../parts/command-panel';
import { Card, PageTitle } from '../parts/page';
import { Empty } from '../parts/states';
import { TierBadge } from '../parts/tier-badge';
import { Waiting } from '../parts/waiting';
import { Worded, worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { ArgumentForm } from './decision-forms';
import { PublisherName } from './publisher-name';

const route = getRouteApi('/classification/groups/$group/alike');

export function AlikePage() {
  return (
    <SignedIn>
      <Sets />
    </SignedIn>
  );
}

/** A group that the engine abstains from, set by set: records that read alike are looked at together and decided by one act. */
function Sets() {
  const { t } = useTranslation();
  const { group } = route.useParams();
  const [decided, setDecided] = useState(0);
  const query = useQuery(alikeQuery(group));
  const back = <TextLink to="/classification">← {t('classification.title')}</TextLink>;
  const over = query.isError && decided > 0;
  if (query.data === undefined && !over) return <Waiting query={query} />;
  const { count, publisher, sets } = query.data ?? { count: 0, publisher: '', sets: [] };
  return (
    <div className="page">
      <PageTitle title={t('alike.title', { count: sets.length })} above={back}>
        <p className="lead">{t('alike.text')}</p>
        {publisher !== '' && (
          <p className="badges">
            <span>{t('groups.count', { count })}</span>
            <PublisherName id={publisher} />
          </p>
        )}
        <p aria-live="polite">{decided > 0 && t('alike.decided', { count: decided })}</p>
      </PageTitle>
      {over || sets.length === 0 ? (
        <Empty title={t('alike.none')} />
      ) : (
        <Chosen sets={sets} onDecided={(more) => setDecided((before) => before + more)} />
      )}
    </div>
  );
}

/** The words in the language of the screen, where there are any. */
function useWords(): (words: readonly string[]) => readonly string[] {
  const { i18n } = useTranslation();
  const chinese = i18n.language.startsWith('zh');
  return (words) => {
    const own = words.filter((word) => /\p{Script=Han}/u.test(word) === chinese);
    return own.length === 0 ? words : own;
  };
}

function Chosen(props: { readonly sets: readonly AlikeSet[]; readonly onDecided: (count: number) => void }) {
  const { t } = useTranslation();
  const wordsIn = useWords();
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, props.sets.length - 1);
  const set = props.sets[at];
  return (
    <div className="with-aside">
      {set !== undefined && <OneSet key={set.members[0]?.id} set={set} onDecided={props.onDecided} />}
      <aside className="stack" aria-label={t('alike.sets')}>
        <Card title={t('alike.sets')}>
          <ol className="alike-sets">
            {props.sets.map(({ words, members }, place) => (
              <li key={members[0]?.id}>
                <button
                  type="button"
                  className="alike-choice"
                  aria-current={place === at}
                  onClick={() => setChosen(place)}
                >
                  <strong>{members.length}</strong>
                  <span>
                    {members.length === 1 ? worded(members[0]?.datasetTitle ?? {}) : wordsIn(words).join(' · ')}
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </Card>
      </aside>
    </div>
  );
}

function OneSet({ set, onDecided }: { readonly set: AlikeSet; readonly onDecided: (count: number) => void }) {
  const { t } = useTranslation();
  const wordsIn = useWords();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { words, members } = set;
  const decidable = members.filter((member) => member.decidable);
  const ticked = decidable.filter(({ id }) => !left.has(id)).map(({ id }) => id);
  const tick = (id: string, on: boolean) =>
    setLeft((before) => new Set(on ? [...before].filter((one) => one !== id) : [...before, id]));
  return (
    <div className="stack">
      <Card title={t('groups.count', { count: members.length })} tone="accent">
        <p className="grounds">
          {wordsIn(words).map((word) => (
            <span key={word} className="chip">
              {word}
            </span>
          ))}
        </p>
        {decidable.length > 1 && (
          <div className="row">
            <Button size="xs" variant="default" onClick={() => setLeft(new Set())}>
              {t('alike.all')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setLeft(new Set(decidable.map(({ id }) => id)))}>
              {t('alike.noneTicked')}
            </Button>
          </div>
        )}
        <ul className="alike">
          {members.map((member) => (
            <Member key={member.id} member={member} ticked={ticked.includes(member.id)} onTick={tick} />
          ))}
        </ul>
      </Card>
      <Card title={t('application.actions')}>
        {decidable.length === 0 ? (
          <p className="muted">{t('application.noActions')}</p>
        ) : (
          <CommandPanel
            path="/api/assessments"
            etag=""
            commands={ticked.length === 0 ? [] : ['override']}
            formOf={() => (form) => <SetForm {...form} assessments={ticked} />}
            main={['override']}
            onDone={(_command, answer) => onDecided((answer as { readonly overridden: number }).overridden)}
          />
        )}
        {decidable.length > 0 && (
          <p className="muted" aria-live="polite">
            {t('alike.ticked', { count: ticked.length })}
          </p>
        )}
      </Card>
    </div>
  );
}

function Member(props: {
  readonly member: AlikeMember;
  readonly ticked: boolean;
  readonly onTick: (id: string, on: boolean) => void;
}) {
  const { member } = props;
  const title = worded(member.datasetTitle) || member.dataset;
  return (
    <li className="alike-member">
      {member.decidable && (
        <Checkbox
          aria-label={title}
          checked={props.ticked}
          onChange={(event) => props.onTick(member.id, event.currentTarget.checked)}
        />
      )}
      <div className="row-main">
        <TextLink to="/classification/$id" params={{ id: member.id }} className="row-title">
          {title}
        </TextLink>
        <p className="muted">
          <Worded text={member.abstract} />
        </p>
        {member.rights !== null && <p className="muted">{member.rights}</p>}
      </div>
      <TierBadge tier={member.tier} />
    </li>
  );
}

/** One tier for what is ticked, with the words that a milder one needs. */
function SetForm({ assessments, onBody, faultAt }: FormProps & { readonly assessments: readonly string[] }) {
  const { t } = useTranslation();
  const word = useCodes();
  const [tier, setTier] = useState<Tier | ''>('');
  const [argument, setArgument] = useState<Readonly<Record<string, unknown>> | null>(null);
  const key = assessments.join();
  useEffect(
    () =>
      onBody(
        tier === '' || argument?.['reason'] === undefined ? null : { tier, ...argument, assessments: key.split(',') },
      ),
    [tier, argument, key, onBody],
  );
  return (
    <>
      <Radio.Group label={t('override.tier')} value={tier} onChange={(value) => setTier(value as Tier)} required>
        <div className="choices">
          {TIERS.map((one) => (
            <Radio key={one} value={one} label={word('tier', one)} />
          ))}
        </div>
      </Radio.Group>
      {tier !== '' && (
        <p className="note note-wait">
          {t('group.consequence', { count: assessments.length, tier: word('tier', tier) })}
        </p>
      )}
      <ArgumentForm onBody={setArgument} faultAt={faultAt} required />
    </>
  );
}
