import {
  createBaseThemeOptions,
  createUnifiedTheme,
  genPageTheme,
  palettes,
  shapes,
} from '@backstage/theme';

const header = genPageTheme({
  colors: ['#12263f', '#1b4a6b'],
  shape: shapes.wave2,
});
const pages = ['home', 'tool', 'service', 'website', 'library', 'other'];
const shared = {
  components: {
    MuiButton: { styleOverrides: { root: { textTransform: 'none' as const } } },
  },
  defaultPageTheme: 'home',
  pageTheme: Object.fromEntries(pages.map(page => [page, header])),
};
const navigation = {
  background: '#0f1c2e',
  indicator: '#5ec8f2',
  color: '#b6c2d1',
  selectedColor: '#ffffff',
  navItem: { hoverBackground: '#1b2c44' },
  submenu: { background: '#1b2c44' },
};

export const lightTheme = createUnifiedTheme({
  ...createBaseThemeOptions({
    palette: {
      ...palettes.light,
      primary: { main: '#0b6bcb' },
      secondary: { main: '#0a5c7a' },
      // Readable as text, which MUI's own red is not.
      error: { main: '#c62828' },
      textVerySubtle: '#66707a',
      background: { default: '#f6f8fa', paper: '#ffffff' },
      navigation: { ...palettes.light.navigation, ...navigation },
    },
  }),
  ...shared,
});

export const darkTheme = createUnifiedTheme({
  ...createBaseThemeOptions({
    palette: {
      ...palettes.dark,
      primary: { main: '#6cb6ff' },
      secondary: { main: '#7fd6f5' },
      textVerySubtle: '#98a2ad',
      background: { default: '#0d1117', paper: '#161b22' },
      navigation: { ...palettes.dark.navigation, ...navigation },
    },
  }),
  ...shared,
});
