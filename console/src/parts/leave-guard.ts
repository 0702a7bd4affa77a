import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/**
 * Asks before what was written here and not saved is lost, by a link, by going back or by closing the page. `save` keeps
 * it on the way out where it can: then nobody is asked.
 */
export function useLeaveGuard(unsaved: boolean, save?: () => Promise<unknown>): void {
  const { t } = useTranslation();
  useBlocker({
    disabled: !unsaved,
    enableBeforeUnload: unsaved,
    shouldBlockFn: async ({ current, next }) => {
      if (current.pathname === next.pathname) return false;
      const kept = (await save?.()) ?? null;
      return kept === null && !window.confirm(t('action.leaveUnsaved'));
    },
  });
}

/** Whether anything was written into these. */
export const isWritten = (...texts: readonly string[]): boolean => texts.some((text) => text.trim() !== '');
