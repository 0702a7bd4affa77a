import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Account } from './account';
import { Bell } from './bell';
import { BrandMark } from './brand';
import { LanguageSwitch } from './language-switch';
import { Navigation } from './navigation';

/** The frame of every screen: where one is, where one can go, who one is, in which language. */
export function Shell() {
  const { t } = useTranslation();
  const path = useLocation({ select: (location) => location.pathname });
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    setOpen(false);
    // After moving to another screen the keyboard and the screen reader start at its beginning.
    if (first.current) first.current = false;
    else main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <header className="bar">
        <div className="bar-inner">
          <Link to="/" className="brand">
            <BrandMark />
            <span>
              {t('brand')}
              <small>{t('shell.motto')}</small>
            </span>
          </Link>
          <button
            type="button"
            className="burger"
            aria-expanded={open}
            aria-controls="menu"
            aria-label={t('shell.menu')}
            onClick={() => setOpen(!open)}
          >
            <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
              <path
                d={open ? 'M4 4 18 18M18 4 4 18' : 'M3 5h16M3 11h16M3 17h16'}
                stroke="currentColor"
                strokeWidth="2"
                strokeLinecap="round"
              />
            </svg>
          </button>
          <div className={`bar-menu${open ? ' is-open' : ''}`} id="menu">
            <Navigation />
            <div className="bar-end">
              <LanguageSwitch />
              <Bell />
              <Account />
            </div>
          </div>
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      <footer className="foot">
        <div className="foot-inner">
          <span>{t('shell.clock')}</span>
          <Link to="/notices/check">{t('notices.check')}</Link>
          <nav aria-label={t('shell.machines')}>
            <a href="/docs">{t('shell.docs')}</a>
            <a href="/openapi.json">OpenAPI</a>
            <a href="/data.json">data.json</a>
          </nav>
        </div>
      </footer>
    </div>
  );
}
