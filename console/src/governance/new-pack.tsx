import '../applications/applications.css';
import './governance.css';
import { NativeSelect, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PackRule, packVersionQuery, type PackVersion } from '../api/governance';
import { Waiting } from '../parts/waiting';
import { SignedIn } from '../shell/guard';
import { TakeLists } from './take-lists';
import { VersionForm } from './version-form';

const route = getRouteApi('/rule-packs/new');

export function NewPack() {
  const { pack = 'cn-shanghai', take } = route.useSearch();
  return <SignedIn>{take === 'lists' ? <TakeLists pack={pack} /> : <Loaded pack={pack} />}</SignedIn>;
}

function Loaded({ pack }: { readonly pack: string }) {
  const query = useQuery(packVersionQuery(pack));
  if (query.data?.content === undefined) return <Waiting query={query} />;
  return <Written version={query.data} rules={query.data.content.rules} />;
}

/** A rule as its writer has it; null while it is no rule. */
function ruleOf(text: string): PackRule | null {
  try {
    const rule = JSON.parse(text) as unknown;
    return typeof rule === 'object' && rule !== null && typeof (rule as PackRule).id === 'string'
      ? (rule as PackRule)
      : null;
  } catch {
    return null;
  }
}

/** One rule is exchanged, added or taken out; everything else stays as it is in the version in force. */
function Written({ version, rules }: { readonly version: PackVersion; readonly rules: readonly PackRule[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState('');
  const [text, setText] = useState('');
  const [begun, setBegun] = useState('');
  const rule = ruleOf(text);
  const taken = chosen !== '' && text.trim() === '';
  const choose = (id: string) => {
    setChosen(id);
    const rule = JSON.stringify(rules.find((one) => one.id === id) ?? {}, null, 2);
    setBegun(rule);
    setText(rule);
  };
  const changes = () => {
    const others = rules.filter(({ id }) => id !== chosen && id !== rule?.id);
    const at = rules.findIndex(({ id }) => id === (chosen || rule?.id));
    const place = at < 0 ? others.length : Math.min(at, others.length);
    return { rules: rule === null ? others : [...others.slice(0, place), rule, ...others.slice(place)] };
  };
  return (
    <VersionForm
      pack={version.pack}
      number={version.number + 1}
      text={t('newPack.text')}
      button={t(taken ? 'newPack.take' : 'newPack.give')}
      begun={text !== begun}
      ready={rule !== null || taken}
      changes={changes}
    >
      <NativeSelect
        label={t('newPack.rule')}
        value={chosen}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[{ value: '', label: t('newPack.another') }, ...rules.map(({ id }) => ({ value: id, label: id }))]}
      />
      <Textarea
        label={t('newPack.json')}
        description={t('newPack.jsonHelp')}
        autosize
        minRows={10}
        maxRows={28}
        value={text}
        classNames={{ input: 'mono' }}
        error={text.trim() !== '' && rule === null ? t('newPack.noRule') : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </VersionForm>
  );
}
