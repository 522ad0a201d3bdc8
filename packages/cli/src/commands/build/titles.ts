import type { BuilderType } from '@ml-platform/sdk';

/** What builders are called that aren't on this machine. */
export const TITLES: Readonly<Partial<Record<BuilderType, string>>> = {
  service: 'the build service',
  portal: 'the portal',
  kubernetes: 'the cluster',
};
