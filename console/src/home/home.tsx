import './home.css';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { facetsQuery } from '../api/queries';
import { TIERS, type Tier } from '../api/types';
import { useCodes } from '../parts/codes';
import { isDemo } from '../demo/demo';
import { Walk } from '../demo/walk';
import { Card } from '../parts/page';
import { Loading, ProblemPanel } from '../parts/states';
import { TierShape } from '../parts/tier-badge';
import { FieldPlot } from './field-plot';

export function Home() {
  const { t } = useTranslation();
  const facets = useQuery(facetsQuery());
  return (
    <>
      <Hero />
      <div className="page">
        {facets.isPending && <Loading rows={5} />}
        {facets.isError && <ProblemPanel error={facets.error} retry={() => void facets.refetch()} />}
        {facets.data !== undefined && (
          <>
            <TierCards tiers={facets.data.tiers} />
            {isDemo && <Walk />}
            <Card title={t('home.fields')} aside={<TierLegend />}>
              <p className="muted">{t('home.fieldsText')}</p>
              <FieldPlot fields={facets.data.fields} />
            </Card>
          </>
        )}
      </div>
    </>
  );
}

function Hero() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [q, setQ] = useState('');
  return (
    <div className="hero">
      <div className="hero-inner">
        <h1>{t('home.title')}</h1>
        <p>{t('home.text')}</p>
        <form
          role="search"
          className="hero-search"
          onSubmit={(event) => {
            event.preventDefault();
            void navigate({ to: '/datasets', search: { q: q.trim() || undefined } });
          }}
        >
          <TextInput
            aria-label={t('search.box')}
            placeholder={t('search.placeholder')}
            size="lg"
            value={q}
            onChange={(event) => setQ(event.currentTarget.value)}
          />
          <Button type="submit" size="lg">
            {t('action.search')}
          </Button>
        </form>
      </div>
    </div>
  );
}

function TierCards({ tiers }: { readonly tiers: Record<Tier, number> }) {
  const { t, i18n } = useTranslation();
  const word = useCodes();
  return (
    <section className="tier-cards" aria-label={t('home.tiers')}>
      {TIERS.map((tier) => (
        <Link key={tier} to="/datasets" search={{ tier }} className={`tier-card tier-${tier}`}>
          <span className="tier-card-head">
            <TierShape tier={tier} size={20} />
            {word('tier', tier)}
          </span>
          <strong>{tiers[tier].toLocaleString(i18n.language)}</strong>
          <span className="tier-card-help">{word('tierHelp', tier)}</span>
        </Link>
      ))}
    </section>
  );
}

function TierLegend() {
  const word = useCodes();
  return (
    <ul className="legend">
      {TIERS.map((tier) => (
        <li key={tier}>
          <TierShape tier={tier} />
          {word('tier', tier)}
        </li>
      ))}
    </ul>
  );
}
