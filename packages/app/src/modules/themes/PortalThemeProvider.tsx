import { appThemeApiRef, useApi } from '@backstage/frontend-plugin-api';
import { UnifiedThemeProvider } from '@backstage/theme';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useCallback, useSyncExternalStore, type ReactNode } from 'react';
import { darkTheme, lightTheme } from './themes';

/** The theme that the user chose; undefined for the one of the browser. */
function useChosenTheme(): string | undefined {
  const themes = useApi(appThemeApiRef);
  const subscribe = useCallback(
    (listener: () => void) => {
      const subscription = themes.activeThemeId$().subscribe(listener);
      return () => subscription.unsubscribe();
    },
    [themes],
  );
  return useSyncExternalStore(subscribe, () => themes.getActiveThemeId());
}

/**
 * Colors of the theme in use. One component for all themes: with one for each, a change of
 * the theme would build the page anew, and empty the form that somebody fills in.
 */
export const PortalThemeProvider = ({
  children,
}: {
  readonly children: ReactNode;
}) => {
  const chosen = useChosenTheme();
  const browserIsDark = useMediaQuery('(prefers-color-scheme: dark)', {
    noSsr: true,
  });
  const dark = chosen === undefined ? browserIsDark : chosen === 'dark';
  return (
    <UnifiedThemeProvider theme={dark ? darkTheme : lightTheme}>
      {children}
    </UnifiedThemeProvider>
  );
};
