import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import {
  containerLogSource,
  describeExit,
  reasonTitle,
  type JobContainer,
  type JobPod,
  type PodRole,
} from '@ml-platform/rayjob';
import { useMemo, useState } from 'react';

import { formatCount } from '../states/formatCount';
import { useWindowWidth } from '../layout/useWindowWidth';
import { TimeAgo } from '../times/TimeAgo';
import { toneColor } from '../states/tones';
import { useJobPath } from './useJobPath';
import { foreignText } from '../foreign/foreignText';

const useStyles = makeStyles(theme => ({
  name: { overflowWrap: 'anywhere' },
  sub: { fontSize: 12, color: theme.palette.text.secondary },
  footer: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(2),
    padding: theme.spacing(1, 2),
  },
  cell: {
    padding: theme.spacing(1, 2),
    fontSize: 14,
    verticalAlign: 'top',
    wordBreak: 'normal',
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(1) },
  },
}));

/** Rows at first, and more on request: each costs time on every change of the job. */
const PAGE = 100;

/** Narrower windows, in pixels, have no columns for restarts and times. */
const WIDE = 760;

function roleTitle(role: PodRole): string {
  switch (role) {
    case 'submitter':
      return 'Submitter';
    case 'head':
      return 'Head';
    default:
      return 'Worker';
  }
}

/** A reason in words. `Error` and `Completed` say no more than the exit code. */
function shownReason(reason: string | undefined): string {
  return reason === 'Error' || reason === 'Completed'
    ? ''
    : (reasonTitle({ reason }) ?? foreignText(reason));
}

function describe({ state, exitCode, ready, ...rest }: JobContainer): string {
  const reason = shownReason(rest.reason);
  if (state === 'running') {
    return ready ? 'Running' : 'Running, not ready';
  }
  const word = state === 'waiting' ? 'Waiting' : 'Ended';
  const why = [reason, exitCode !== undefined && describeExit(exitCode)];
  const text = why.filter(Boolean).join(', ');
  return text ? `${word}: ${text}` : word;
}

function isBad({ state, reason, exitCode }: JobContainer): boolean {
  return (
    (state === 'terminated' && exitCode !== 0) ||
    (state === 'waiting' && /BackOff|Err|Invalid/.test(foreignText(reason)))
  );
}

interface ContainerRowProps {
  readonly pod: JobPod;
  readonly container: JobContainer;
  /** Ids of the logs that can be read. */
  readonly sources: ReadonlySet<string>;
  readonly canReadLog: boolean;
  readonly wide: boolean;
}

const ContainerRow = (props: ContainerRowProps) => {
  const { pod, container, sources, canReadLog, wide } = props;
  const classes = useStyles();
  const theme = useTheme();
  const path = useJobPath();
  const id = containerLogSource(pod.name, container.name);
  const source = sources.has(id) ? id : 'driver';
  const bad = toneColor(theme, 'bad');
  const { restartCount } = container;
  const restarted = restartCount > 0 ? { color: bad } : undefined;
  return (
    <TableRow>
      <TableCell className={classes.cell}>
        {roleTitle(pod.role)}
        {pod.group && (
          <div className={classes.sub}>{foreignText(pod.group)}</div>
        )}
      </TableCell>
      <TableCell className={`${classes.cell} ${classes.name}`}>
        {foreignText(pod.name)}
        <div className={classes.sub}>
          {foreignText(container.name)}
          {pod.node && ` on ${foreignText(pod.node)}`}
        </div>
      </TableCell>
      <TableCell className={classes.cell}>
        <span style={isBad(container) ? { color: bad } : undefined}>
          {describe(container)}
        </span>
        {!wide && restartCount > 0 && (
          <div style={restarted}>
            {restartCount === 1 ? '1 restart' : `${restartCount} restarts`}
          </div>
        )}
      </TableCell>
      {wide && (
        <>
          <TableCell className={classes.cell} align="right" style={restarted}>
            {restartCount}
          </TableCell>
          <TableCell className={classes.cell}>
            <TimeAgo at={pod.createdAt} />
          </TableCell>
        </>
      )}
      <TableCell className={classes.cell}>
        {canReadLog && (
          <Link to={path('logs', { source })} aria-label={`Log of ${pod.name}`}>
            Log
          </Link>
        )}
      </TableCell>
    </TableRow>
  );
};

/** The pods of a job, with a row for each container. Of very many, the first ones. */
export const PodsTable = ({
  detail,
  canReadLog,
}: {
  readonly detail: JobDetail;
  readonly canReadLog: boolean;
}) => {
  const classes = useStyles();
  const wide = useWindowWidth() >= WIDE;
  const [most, setMost] = useState(PAGE);
  const { pods, logSources } = detail;
  const rows = useMemo(
    () =>
      pods.flatMap(pod =>
        pod.containers.map(container => ({ pod, container })),
      ),
    [pods],
  );
  const sources = useMemo(
    () => new Set(logSources.map(({ id }) => id)),
    [logSources],
  );
  const titles = wide
    ? ['Role', 'Pod', 'State', 'Restarts', 'Created', 'Log']
    : ['Role', 'Pod', 'State', 'Log'];
  return (
    <TableContainer>
      <Table size="small" aria-label="Pods and containers">
        <TableHead>
          <TableRow>
            {titles.map(title => (
              <TableCell
                key={title}
                className={classes.cell}
                align={title === 'Restarts' ? 'right' : 'left'}
              >
                {title}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.slice(0, most).map(({ pod, container }) => (
            <ContainerRow
              key={`${pod.name}/${container.name}`}
              pod={pod}
              container={container}
              sources={sources}
              canReadLog={canReadLog}
              wide={wide}
            />
          ))}
        </TableBody>
      </Table>
      {rows.length > most && (
        <div className={classes.footer}>
          <Typography variant="body2" color="textSecondary">
            {formatCount(most)} of {formatCount(rows.length)} containers
          </Typography>
          <Button
            variant="outlined"
            size="small"
            onClick={() => setMost(most + PAGE)}
          >
            Show more
          </Button>
        </div>
      )}
    </TableContainer>
  );
};
