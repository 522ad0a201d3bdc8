import { useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import { Section } from '../job/Section';
import { foreignText } from '../foreign/foreignText';
import { StreamNotice } from '../streams/StreamNotice';
import { Capacity } from './Capacity';
import { ClusterFacts } from './ClusterFacts';
import { ClusterJobs } from './ClusterJobs';
import { clusterOf } from './clusterOf';
import { QueueList } from './QueueList';
import { RayClusterList } from './RayClusterList';
import { useCluster } from './useCluster';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(3), minWidth: 0 },
}));

const ClusterSections = ({ name }: { readonly name: string }) => {
  const classes = useStyles();
  const { cluster, stream, retry } = useCluster(name);
  return (
    <div className={classes.root}>
      <StreamNotice state={stream} what="the cluster" onRetry={retry} />
      {!cluster && stream.kind !== 'failed' && (
        <Skeleton height={240} role="status" aria-label="Loading the cluster" />
      )}
      {cluster?.error && (
        <Alert
          severity={cluster.progress ? 'info' : 'error'}
          variant="outlined"
        >
          {foreignText(cluster.error)}
        </Alert>
      )}
      {cluster && (
        <>
          <Section title="Cluster">
            <ClusterFacts cluster={cluster} />
          </Section>
          <Section title="Free and used">
            <Capacity nodes={cluster.nodes} />
          </Section>
        </>
      )}
      <Section title="Training jobs">
        <ClusterJobs cluster={name} />
      </Section>
      {cluster && cluster.kueue !== 'absent' && (
        <Section title="Queues">
          <QueueList cluster={cluster} />
        </Section>
      )}
      {cluster && (
        <Section title="Ray clusters">
          <RayClusterList cluster={cluster} />
        </Section>
      )}
    </div>
  );
};

/** What a cluster has, what is free and what waits, on its catalog page. */
export const ClusterCard = () => {
  const { entity } = useEntity();
  const name = clusterOf(entity);
  return name === undefined ? null : <ClusterSections key={name} name={name} />;
};
