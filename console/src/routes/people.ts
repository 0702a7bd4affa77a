import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { type Maybe, type Paged, pathOf, type Raw, textOf, trailOf } from './address';
import { root } from './root';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw: Raw): Maybe<'then' | 'as'> => ({ then: pathOf(raw), as: textOf(raw, 'as') }),
  component: lazyRouteComponent(() => import('../sign-in/sign-in'), 'SignIn'),
});
const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyRouteComponent(() => import('../join/join'), 'Join'),
});
const colleagues = createRoute({
  getParentRoute: () => root,
  path: '/colleagues',
  validateSearch: (raw: Raw): Paged => ({ trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('../colleagues/colleagues'), 'Colleagues'),
});
const invited = createRoute({
  getParentRoute: () => root,
  path: '/invited',
  component: lazyRouteComponent(() => import('../colleagues/invited'), 'Invited'),
});
const mails = createRoute({
  getParentRoute: () => root,
  path: '/mails',
  validateSearch: (raw: Raw): Maybe<'state'> & Paged => ({ state: textOf(raw, 'state'), trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('../notifications/mails'), 'Mails'),
});
const registrations = createRoute({
  getParentRoute: () => root,
  path: '/registrations',
  validateSearch: (raw: Raw): Maybe<'state'> & Paged => ({ state: textOf(raw, 'state'), trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('../join/registrations'), 'Registrations'),
});
const registration = createRoute({
  getParentRoute: () => root,
  path: '/registrations/$id',
  component: lazyRouteComponent(() => import('../join/registration'), 'RegistrationPage'),
});
const notifications = createRoute({
  getParentRoute: () => root,
  path: '/notifications',
  validateSearch: (raw: Raw): { readonly unread?: 'true' | undefined } & Paged => ({
    unread: textOf(raw, 'unread') === 'true' ? 'true' : undefined,
    trail: trailOf(raw),
  }),
  component: lazyRouteComponent(() => import('../notifications/notifications'), 'Notifications'),
});
const notices = createRoute({
  getParentRoute: () => root,
  path: '/notices',
  validateSearch: (raw: Raw): Paged => ({ trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('../notices/notices'), 'Notices'),
});
const checkNotice = createRoute({
  getParentRoute: () => root,
  path: '/notices/check',
  component: lazyRouteComponent(() => import('../notices/check-notice'), 'CheckNotice'),
});
const mailSettings = createRoute({
  getParentRoute: () => root,
  path: '/notifications/mail',
  validateSearch: (raw: Raw): Maybe<'code'> => ({ code: textOf(raw, 'code') }),
  component: lazyRouteComponent(() => import('../notifications/mail-settings'), 'MailSettings'),
});

const portals = createRoute({
  getParentRoute: () => root,
  path: '/portals',
  validateSearch: (raw: Raw): Paged => ({ trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('../portals/portals'), 'Portals'),
});
const portal = createRoute({
  getParentRoute: () => root,
  path: '/portals/$id',
  component: lazyRouteComponent(() => import('../portals/portal-page'), 'PortalPage'),
});

/** Who one is, whom one works with, what one is told. */
export const peopleRoutes = [
  signIn,
  join,
  colleagues,
  invited,
  mails,
  registrations,
  registration,
  notifications,
  notices,
  checkNotice,
  mailSettings,
  portals,
  portal,
] as const;
