import type { JobState } from '@ml-platform/rayjob';
import type { Tone } from '../states/stateLook';

/** States that count as one in the summary of all jobs. */
export interface StateGroup {
  readonly title: string;
  readonly tone: Tone;
  readonly states: readonly JobState[];
}

export const STATE_GROUPS: readonly StateGroup[] = [
  {
    title: 'In git',
    tone: 'git',
    states: ['awaiting-merge', 'awaiting-sync'],
  },
  {
    title: 'Waiting',
    tone: 'waiting',
    states: ['queued', 'pending', 'suspended', 'retrying'],
  },
  { title: 'Running', tone: 'active', states: ['running'] },
  { title: 'Succeeded', tone: 'good', states: ['succeeded'] },
  { title: 'Failed', tone: 'bad', states: ['failed'] },
  { title: 'Stopped', tone: 'idle', states: ['stopped', 'unknown'] },
];
