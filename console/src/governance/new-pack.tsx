import '../applications/applications.css';
import './governance.css';
import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { type PackRule, packVersionQuery, type PackVersion } from '../api/governance';
import { isWritten, useLeaveGuard } from '../parts/leave-guard';
import { Card, PageTitle } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { Waiting } from '../parts/waiting';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { TakeLists } from './take-lists';

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
  const navigate = useNavigate();
  const [chosen, setChosen] = useState('');
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const write = useCommand<PackVersion>(({ id }) =>
    navigate({ to: '/rule-packs/$id', params: { id }, ignoreBlocker: true }),
  );
  const rule = ruleOf(text);
  const [begun, setBegun] = useState('');
  useLeaveGuard(!write.isSuccess && (text !== begun || isWritten(reason)));
  const taken = chosen !== '' && text.trim() === '';
  const choose = (id: string) => {
    setChosen(id);
    const rule = JSON.stringify(rules.find((one) => one.id === id) ?? {}, null, 2);
    setBegun(rule);
    setText(rule);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const others = rules.filter(({ id }) => id !== chosen && id !== rule?.id);
    const at = rules.findIndex(({ id }) => id === (chosen || rule?.id));
    const place = at < 0 ? others.length : Math.min(at, others.length);
    const next = rule === null ? others : [...others.slice(0, place), rule, ...others.slice(place)];
    write.mutate({ path: '/api/rule-packs', body: { pack: version.pack, reason, changes: { rules: next } } });
  };
  return (
    <div className="page">
      <PageTitle
        title={t('newPack.title', { pack: `${version.pack}/${version.number + 1}` })}
        above={<TextLink to="/rule-packs">← {t('packs.title')}</TextLink>}
      >
        <p className="lead">{t('newPack.text')}</p>
      </PageTitle>
      <Card>
        <form className="stack" onSubmit={submit}>
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
          <Textarea
            label={t('command.reason')}
            required
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {write.isError && <ProblemPanel error={write.error} />}
          <Button type="submit" loading={write.isPending} disabled={reason.trim() === '' || (rule === null && !taken)}>
            {t(taken ? 'newPack.take' : 'newPack.give')}
          </Button>
        </form>
      </Card>
    </div>
  );
}
