import { makeStyles } from '@material-ui/core/styles';
import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import { isHttpUrl, isTerminal, type DashboardLink } from '@ml-platform/rayjob';

import type { ReactNode } from 'react';
import { formatResources, formatScaling } from '../states/formatResources';
import { TimeAgo } from '../times/TimeAgo';
import { WorkloadLink } from './WorkloadLink';
import { foreignText } from '../foreign/foreignText';
import { Owner } from '../foreign/Owner';
import { WebLink } from '../foreign/WebLink';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(120px, max-content) 1fr',
    gap: theme.spacing(1, 3),
    margin: 0,
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
    '& code': { fontSize: 13 },
  },
}));

interface Fact {
  readonly title: string;
  readonly value: ReactNode;
}

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

/** What was requested, and by whom. */
export const JobFacts = ({ detail }: { readonly detail: JobDetail }) => {
  const classes = useStyles();
  const { summary } = detail;
  const { workers, queue } = summary;
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
      value: summary.entrypoint && (
        <code>{foreignText(summary.entrypoint)}</code>
      ),
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
      value: <Owner owner={summary.owner} />,
    },
    { title: 'Created', value: <TimeAgo at={summary.createdAt} /> },
    {
      title: 'Dashboards',
      value: links.length > 0 && <Dashboards links={links} />,
    },
    ...gitFacts(detail),
  ];
  return (
    <dl className={classes.root}>
      {facts
        .filter(({ value }) => value)
        .map(({ title, value }) => (
          <div key={title} style={{ display: 'contents' }}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
};
