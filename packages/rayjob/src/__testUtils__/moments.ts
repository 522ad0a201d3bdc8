import { recordedMoments } from '@ml-platform/recordings';
import type { Pod, RayJob } from '../objects/kubernetes';

/** The moments of a recording of the KubeRay operator. */
export const moments = (scenario: string) =>
  recordedMoments<RayJob, Pod>(scenario);
