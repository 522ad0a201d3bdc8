import type { Theme } from '@material-ui/core/styles';
import type { Tone } from '../states/stateLook';
import { toneColor, toneTint } from '../states/tones';
import type { TimeUse } from './timeSpent';

interface TimeLook {
  readonly title: string;
  readonly tone: Tone;
  /** Tells parts of one tone apart, also for who doesn't see colors. */
  readonly isStriped?: boolean;
}

export const TIME_LOOKS: Readonly<Record<TimeUse, TimeLook>> = {
  review: { title: 'Review', tone: 'git' },
  sync: { title: 'Sync', tone: 'git', isStriped: true },
  git: { title: 'Review and sync', tone: 'git' },
  queue: { title: 'Queue', tone: 'waiting' },
  node: { title: 'Waiting for a node', tone: 'waiting', isStriped: true },
  pull: { title: 'Image pull', tone: 'active' },
  start: { title: 'Cluster start', tone: 'idle' },
  run: { title: 'Run', tone: 'good' },
  attempt: { title: 'Start and run', tone: 'bad' },
};

/** The CSS background of a part of the bar, and of its mark in the legend. */
export function timeBackground(theme: Theme, use: TimeUse): string {
  const { tone, isStriped } = TIME_LOOKS[use];
  const color = toneColor(theme, tone);
  return isStriped
    ? `repeating-linear-gradient(135deg, ${color} 0 3px, ${toneTint(theme, tone)} 3px 6px)`
    : color;
}
