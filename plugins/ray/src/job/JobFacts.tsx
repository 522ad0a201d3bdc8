import { Link } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { type JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import {
  isEntityRef,
  isHttpUrl,
  isTerminal,
  type DashboardLink,
} from '@ml-platform/rayjob';
import type { ReactNode } from 'react';
import { formatResources, formatScaling } from '../look/formatResources';
import { TimeAgo } from '../look/TimeAgo';
import { WorkloadLink } from './WorkloadLink';

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
        <Link to={pullRequestUrl}>{pullRequestUrl}</Link>
      ),
    },
    {
      title: 'Manifest',
      value: manifestUrl ? <Link to={manifestUrl}>{path}</Link> : path,
    },
    {
      title: 'Source commit',
      value: sourceCommit && <code>{sourceCommit.slice(0, 12)}</code>,
    },
  ];
}

/** Pages of other tools about the run. */
const Dashboards = ({
  links,
}: {
  readonly links: readonly DashboardLink[];
}) => (
  <>
    {links.map(({ title, url }, index) => (
      <span key={url}>
        {index > 0 && ' · '}
        <Link to={url}>{title}</Link>
      </span>
    ))}
  </>
);

/** What was asked for, and by whom. */
export const JobFacts = ({ detail }: { readonly detail: JobDetail }) => {
  const classes = useStyles();
  const { summary } = detail;
  const { workers, queue, owner } = summary;
  const links = (detail.dashboards ?? []).filter(({ url }) => isHttpUrl(url));
  const facts: Fact[] = [
    {
      title: 'Workload',
      value: summary.workload && <WorkloadLink workload={summary.workload} />,
    },
    { title: 'Version', value: summary.version },
    { title: 'Image', value: summary.image && <code>{summary.image}</code> },
    {
      title: 'Entrypoint',
      value: summary.entrypoint && <code>{summary.entrypoint}</code>,
    },
    { title: 'Resources in all', value: formatResources(summary.resources) },
    {
      title: 'Workers',
      value: [
        isTerminal(summary.state)
          ? String(workers.desired)
          : `${workers.ready} ready of ${workers.desired}`,
        formatScaling(workers),
      ]
        .filter(Boolean)
        .join(', '),
    },
    {
      title: 'Queue',
      value: queue?.name,
    },
    { title: 'Managed by', value: summary.manager },
    { title: 'Cluster queue', value: queue?.clusterQueue },
    { title: 'Position', value: queue?.position },
    { title: 'Cluster', value: `${summary.cluster} / ${summary.namespace}` },
    {
      title: 'Requested by',
      value: isEntityRef(owner) ? <EntityRefLink entityRef={owner} /> : owner,
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
