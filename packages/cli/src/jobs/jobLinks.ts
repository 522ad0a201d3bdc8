import type { JobDetail, PlatformSettings } from '@ml-platform/sdk';

/** A page about a job. */
export interface JobLink {
  readonly title: string;
  readonly url: string;
}

/** The pages about a job: in the portal, in git, and of its dashboards. */
export function jobLinks(
  { summary, gitops, dashboards = [] }: JobDetail,
  { portal }: PlatformSettings,
): readonly JobLink[] {
  const { cluster, namespace, name } = summary;
  const path = [cluster, namespace, name].map(encodeURIComponent).join('/');
  const page = portal && {
    title: 'Portal',
    url: new URL(`/ray/jobs/${path}`, portal).href,
  };
  const pull = gitops?.pullRequestUrl && {
    title: 'Pull request',
    url: gitops.pullRequestUrl,
  };
  const manifest = gitops?.manifestUrl && {
    title: 'Manifest',
    url: gitops.manifestUrl,
  };
  return [page, pull, manifest, ...dashboards].filter(
    link => typeof link === 'object',
  );
}
