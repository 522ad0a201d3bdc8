import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { WorkloadStatistics } from '@ml-platform/backstage-plugin-ray-common';
import { reasonTitle } from '@ml-platform/rayjob';
import { foreignText } from '../foreign/foreignText';
import { jobRouteRef } from '../routes';
import { toneColor } from '../states/tones';
import { TimeAgo } from '../times/TimeAgo';

type Cause = WorkloadStatistics['causes'][number];

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gap: theme.spacing(1.5),
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  head: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
    overflowWrap: 'anywhere',
  },
  bar: { height: 8, minWidth: 4, borderRadius: 4 },
  message: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    fontSize: 13,
    color: theme.palette.text.secondary,
  },
}));

const CauseItem = ({
  cause,
  most,
}: {
  readonly cause: Cause;
  readonly most: number;
}) => {
  const classes = useStyles();
  const theme = useTheme();
  const { reason, runs, last } = cause;
  const { cluster, namespace, name, uid, message, endedAt } = last;
  const path = useRouteRef(jobRouteRef)?.({ cluster, namespace, name }) ?? '';
  return (
    <li>
      <div className={classes.head}>
        <strong title={foreignText(reason)}>
          {reasonTitle({ reason, message }) ?? foreignText(reason)}
        </strong>
        <span>{runs === 1 ? '1 run' : `${runs} runs`}</span>
      </div>
      <div
        aria-hidden
        className={classes.bar}
        style={{
          width: `${(100 * runs) / most}%`,
          background: toneColor(theme, 'bad'),
        }}
      />
      <div>
        Last <TimeAgo at={endedAt} />:{' '}
        <Link to={`${path}?uid=${encodeURIComponent(uid)}`}>
          {foreignText(name)}
        </Link>
      </div>
      {message && (
        <div className={classes.message} title={foreignText(message)}>
          {foreignText(message)}
        </div>
      )}
    </li>
  );
};

/** Why runs failed, the most frequent cause first. */
export const FailureCauses = ({
  causes,
}: Pick<WorkloadStatistics, 'causes'>) => {
  const classes = useStyles();
  const most = Math.max(...causes.map(({ runs }) => runs), 1);
  return (
    <ul className={classes.list}>
      {causes.map(cause => (
        <CauseItem key={cause.reason} cause={cause} most={most} />
      ))}
    </ul>
  );
};
