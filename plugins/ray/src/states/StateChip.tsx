import type { JobState } from '@ml-platform/rayjob';
import { LookChip } from './LookChip';
import { stateLook } from './stateLook';

/** The state of a job. */
export const StateChip = ({ state }: { readonly state: JobState }) => (
  <LookChip {...stateLook(state)} />
);
