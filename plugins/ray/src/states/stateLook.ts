import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import AutorenewIcon from '@material-ui/icons/Autorenew';
import CallMergeIcon from '@material-ui/icons/CallMerge';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HelpIcon from '@material-ui/icons/HelpOutline';
import HourglassIcon from '@material-ui/icons/HourglassEmpty';
import PauseIcon from '@material-ui/icons/PauseCircleOutline';
import PlayIcon from '@material-ui/icons/PlayCircleFilled';
import QueueIcon from '@material-ui/icons/Queue';
import StopIcon from '@material-ui/icons/Stop';
import SyncIcon from '@material-ui/icons/Sync';
import type { JobState } from '@ml-platform/rayjob';
import type { ComponentType } from 'react';

/** What a state means at a glance. */
export type Tone = 'git' | 'waiting' | 'active' | 'good' | 'bad' | 'idle';

export interface StateLook {
  readonly label: string;
  readonly icon: ComponentType<SvgIconProps>;
  readonly tone: Tone;
}

const LOOKS: Readonly<Record<JobState, StateLook>> = {
  'awaiting-merge': {
    label: 'Awaiting merge',
    icon: CallMergeIcon,
    tone: 'git',
  },
  'awaiting-sync': { label: 'Awaiting sync', icon: SyncIcon, tone: 'git' },
  queued: { label: 'Queued', icon: QueueIcon, tone: 'waiting' },
  pending: { label: 'Pending', icon: HourglassIcon, tone: 'waiting' },
  running: { label: 'Running', icon: PlayIcon, tone: 'active' },
  succeeded: { label: 'Succeeded', icon: CheckCircleIcon, tone: 'good' },
  failed: { label: 'Failed', icon: ErrorIcon, tone: 'bad' },
  stopped: { label: 'Stopped', icon: StopIcon, tone: 'idle' },
  suspended: { label: 'Suspended', icon: PauseIcon, tone: 'waiting' },
  retrying: { label: 'Retrying', icon: AutorenewIcon, tone: 'waiting' },
  unknown: { label: 'Unknown', icon: HelpIcon, tone: 'idle' },
};

/** The look of a state. A state that a newer backend sends looks like `unknown`. */
export function stateLook(state: JobState): StateLook {
  return Object.hasOwn(LOOKS, state) ? LOOKS[state] : LOOKS.unknown;
}

/** All states, in the order of a job's life. */
export const ALL_STATES = Object.keys(LOOKS) as readonly JobState[];
