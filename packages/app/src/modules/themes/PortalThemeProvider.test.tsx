import { appThemeApiRef } from '@backstage/frontend-plugin-api';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { useTheme } from '@material-ui/core/styles';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PortalThemeProvider } from './PortalThemeProvider';

const Field = () => (
  <input aria-label={`Field in ${useTheme().palette.type}`} />
);

describe('PortalThemeProvider', () => {
  it('keeps what somebody typed when the theme changes', async () => {
    let active: string | undefined;
    const listeners = new Set<() => void>();
    const themes = {
      getInstalledThemes: () => [],
      getActiveThemeId: () => active,
      activeThemeId$: () => ({
        subscribe: (listener: () => void) => {
          listeners.add(listener);
          return { unsubscribe: () => listeners.delete(listener) };
        },
      }),
    };
    render(
      <TestApiProvider apis={[[appThemeApiRef, themes as never]]}>
        <PortalThemeProvider>
          <Field />
        </PortalThemeProvider>
      </TestApiProvider>,
    );
    await userEvent.type(screen.getByLabelText('Field in light'), 'half a for');
    act(() => {
      active = 'dark';
      listeners.forEach(listener => listener());
    });
    expect(screen.getByLabelText('Field in dark')).toHaveValue('half a for');
  });
});
