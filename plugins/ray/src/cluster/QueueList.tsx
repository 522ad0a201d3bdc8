import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  ClusterDetail,
  ClusterQueue,
} from '@ml-platform/backstage-plugin-ray-common';
import { foreignText } from '../foreign/foreignText';
import { jobRouteRef } from '../routes';
import { formatCount } from '../states/formatCount';
import { TimeAgo } from '../times/TimeAgo';

const useStyles = makeStyles(theme => ({
  queue: {
    '& + &': {
      marginTop: theme.spacing(2),
      paddingTop: theme.spacing(2),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
    '& h3': { margin: 0, fontSize: 15, overflowWrap: 'anywhere' },
  },
  list: { margin: theme.spacing(0.5, 0), paddingLeft: theme.spacing(3) },
  item: { overflowWrap: 'anywhere' },
  sub: { color: theme.palette.text.secondary },
}));

const waitingIn = ({ localQueues }: ClusterQueue) =>
  localQueues.reduce((sum, { waiting }) => sum + waiting, 0);

const WaitingJob = ({
  cluster,
  entry,
}: {
  readonly cluster: string;
  readonly entry: ClusterQueue['next'][number];
}) => {
  const classes = useStyles();
  const path = useRouteRef(jobRouteRef);
  const { job, priority, createdAt } = entry;
  return (
    <li value={entry.position} className={classes.item}>
      {job ? (
        <Link to={path?.({ cluster, ...job }) ?? ''}>
          {foreignText(job.name)}
        </Link>
      ) : (
        'A job that you may not see'
      )}{' '}
      <span className={classes.sub}>
        {job && `in ${foreignText(job.namespace)}, `}
        {priority !== 0 && `priority ${priority}, `}
        waits since <TimeAgo at={createdAt} />
      </span>
    </li>
  );
};

const Queue = ({
  cluster,
  queue,
}: {
  readonly cluster: string;
  readonly queue: ClusterQueue;
}) => {
  const classes = useStyles();
  const { name, localQueues, next } = queue;
  const waiting = waitingIn(queue);
  const more = waiting - next.length;
  return (
    <div className={classes.queue}>
      <h3>{foreignText(name)}</h3>
      <ul className={classes.list}>
        {localQueues.map(local => (
          <li key={`${local.namespace}/${local.name}`} className={classes.item}>
            {foreignText(`${local.namespace}/${local.name}`)}{' '}
            <span className={classes.sub}>
              {formatCount(local.admitted)} admitted,{' '}
              {formatCount(local.waiting)} waiting
              {local.stopped && '; stopped: it lets no job go'}
              {!local.ordered && '; ordered by usage, without positions'}
            </span>
          </li>
        ))}
      </ul>
      {next.length > 0 && (
        <>
          <Typography variant="body2">Next in its order:</Typography>
          <ol className={classes.list}>
            {next.map(entry => (
              <WaitingJob
                key={entry.position}
                cluster={cluster}
                entry={entry}
              />
            ))}
          </ol>
          {more > 0 && (
            <Typography variant="body2" className={classes.sub}>
              {formatCount(more)} more behind them
            </Typography>
          )}
        </>
      )}
      {waiting === 0 && (
        <Typography variant="body2" className={classes.sub}>
          Nothing waits.
        </Typography>
      )}
    </div>
  );
};

/** The queues of a cluster, each with what it starts next. */
export const QueueList = ({ cluster }: { readonly cluster: ClusterDetail }) => {
  if (cluster.kueue === 'unknown') {
    return <Typography role="status">The queues are being read…</Typography>;
  }
  if (cluster.queues.length === 0) {
    return (
      <Typography>
        Kueue is installed, and no namespace has a LocalQueue yet.
      </Typography>
    );
  }
  return (
    <>
      {cluster.queues.map(queue => (
        <Queue key={queue.name} cluster={cluster.name} queue={queue} />
      ))}
    </>
  );
};
