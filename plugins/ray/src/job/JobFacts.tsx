import type {
  JobDetail,
  JobSync,
} from '@ml-platform/backstage-plugin-ray-common';
import { isHttpUrl, isTerminal, type DashboardLink } from '@ml-platform/rayjob';

import { FactList, type Fact } from '../states/FactList';
import { formatResources, formatScaling } from '../states/formatResources';
import { SyncLine } from '../sync/SyncLine';
import { TimeAgo } from '../times/TimeAgo';
import { Entrypoint } from './Entrypoint';
import { WorkloadLink } from './WorkloadLink';
import { foreignText } from '../foreign/foreignText';
import { Owner } from '../foreign/Owner';
import { WebLink } from '../foreign/WebLink';

function gitFacts({ summary, gitops = summary.gitops }: JobDetail): Fact[] {
  if (!gitops) {
    return [];
  }
  const { pullRequestUrl, manifestUrl, path, sourceCommit } = gitops;
  return [
    {
      title: 'Pull request',
      value: pullRequestUrl && (
        <WebLink url={pullRequestUrl}>{pullRequestUrl}</WebLink>
      ),
    },
    {
      title: 'Manifest',
      value: <WebLink url={manifestUrl}>{path}</WebLink>,
    },
    {
      title: 'Source commit',
      value: sourceCommit && (
        <code>{foreignText(sourceCommit).slice(0, 12)}</code>
      ),
    },
  ];
}

/** Links to pages about the run in other tools. */
const Dashboards = ({
  links,
}: {
  readonly links: readonly DashboardLink[];
}) => (
  <>
    {links.map(({ title, url }, index) => (
      <span key={url}>
        {index > 0 && ' · '}
        <WebLink url={url}>{title}</WebLink>
      </span>
    ))}
  </>
);

export interface JobFactsProps {
  readonly detail: JobDetail;
  /** Absent for a job that Argo CD doesn't bring. */
  readonly sync?: JobSync;
}

/** What was requested, and by whom. */
export const JobFacts = ({ detail, sync }: JobFactsProps) => {
  const { summary } = detail;
  const { workers, queue } = summary;
  const entrypoint = detail.entrypoint ?? summary.entrypoint;
  const links = (detail.dashboards ?? []).filter(({ url }) => isHttpUrl(url));
  const facts: Fact[] = [
    {
      title: 'Workload',
      value: summary.workload && <WorkloadLink workload={summary.workload} />,
    },
    { title: 'Version', value: foreignText(summary.version) },
    {
      title: 'Image',
      value: summary.image && <code>{foreignText(summary.image)}</code>,
    },
    {
      title: 'Entrypoint',
      value: entrypoint && <Entrypoint command={entrypoint} />,
    },
    { title: 'Total resources', value: formatResources(summary.resources) },
    {
      title: 'Workers',
      value: [
        isTerminal(summary.state)
          ? String(workers.desired)
          : `${workers.ready} of ${workers.desired} ready`,
        formatScaling(workers),
      ]
        .filter(Boolean)
        .join(', '),
    },
    {
      title: 'Queue',
      value: foreignText(queue?.name),
    },
    { title: 'Managed by', value: foreignText(summary.manager) },
    { title: 'Cluster queue', value: foreignText(queue?.clusterQueue) },
    { title: 'Position', value: queue?.position },
    { title: 'Cluster', value: `${summary.cluster} / ${summary.namespace}` },
    {
      title: 'Requested by',
      value: summary.owner && <Owner owner={summary.owner} />,
    },
    { title: 'Created', value: <TimeAgo at={summary.createdAt} /> },
    {
      title: 'Dashboards',
      value: links.length > 0 && <Dashboards links={links} />,
    },
    ...gitFacts(detail),
    { title: 'Argo CD', value: sync && <SyncLine sync={sync} /> },
  ];
  return <FactList facts={facts} />;
};
