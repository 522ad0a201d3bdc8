import type { Theme } from '@material-ui/core/styles';
import type { Tone } from './stateLook';

/** For text and shapes. The contrast with each surface of the theme is at least 4.5:1. */
const LIGHT: Readonly<Record<Tone, string>> = {
  git: '#6f42c1',
  waiting: '#8a5a00',
  active: '#0b62b8',
  good: '#19702e',
  bad: '#b3261e',
  idle: '#57606a',
};

const DARK: Readonly<Record<Tone, string>> = {
  git: '#c4a7ff',
  waiting: '#f0bd55',
  active: '#79bdff',
  good: '#6fd388',
  bad: '#ff8f85',
  idle: '#a3adb8',
};

export function toneColor(theme: Theme, tone: Tone): string {
  return (theme.palette.type === 'dark' ? DARK : LIGHT)[tone];
}

/** The tone as a background for text in the same tone. */
export function toneTint(theme: Theme, tone: Tone): string {
  return `${toneColor(theme, tone)}${theme.palette.type === 'dark' ? '26' : '17'}`;
}
