import { makeStyles, useTheme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import type { ClusterDetail } from '@ml-platform/backstage-plugin-ray-common';
import { describeBytes, type NodeResource } from '@ml-platform/rayjob';
import { foreignText } from '../foreign/foreignText';
import { formatCount } from '../states/formatCount';
import { toneColor } from '../states/tones';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gap: theme.spacing(2),
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  text: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(0, 2),
    fontVariantNumeric: 'tabular-nums',
  },
  title: { fontWeight: 600, overflowWrap: 'anywhere' },
  sub: { color: theme.palette.text.secondary },
  bar: {
    height: 12,
    marginTop: theme.spacing(0.5),
    borderRadius: 6,
    overflow: 'hidden',
    background: theme.palette.action.disabledBackground,
  },
  used: { height: '100%' },
}));

interface Measured extends NodeResource {
  readonly title: string;
  readonly text: (amount: number) => string;
}

const cores = (milliCpu: number) =>
  `${formatCount(Number((milliCpu / 1_000).toFixed(1)))} CPU`;

const ResourceBar = ({ title, allocatable, requested, text }: Measured) => {
  const classes = useStyles();
  const theme = useTheme();
  const used = Math.min(requested, allocatable);
  const share = allocatable > 0 ? used / allocatable : 0;
  return (
    <li>
      <div className={classes.text}>
        <span className={classes.title}>{foreignText(title)}</span>
        <span>
          {text(allocatable - used)} free{' '}
          <span className={classes.sub}>
            of {text(allocatable)}, {Math.round(100 * share)} % used
          </span>
        </span>
      </div>
      <div className={classes.bar} aria-hidden>
        <div
          className={classes.used}
          style={{
            width: `${100 * share}%`,
            background: toneColor(theme, share > 0.9 ? 'waiting' : 'active'),
          }}
        />
      </div>
    </li>
  );
};

/** How much of a cluster's CPU, memory and GPUs is taken, as bars with their numbers. */
export const Capacity = ({ nodes }: Pick<ClusterDetail, 'nodes'>) => {
  const classes = useStyles();
  if (!nodes) {
    return <Typography role="status">The nodes are being read…</Typography>;
  }
  if (!nodes.ok) {
    return (
      <Alert severity={nodes.refused ? 'info' : 'warning'} variant="outlined">
        What is free can't be told: {foreignText(nodes.error)}
      </Alert>
    );
  }
  const { cpu, memory, gpus } = nodes;
  return (
    <>
      <ul className={classes.list}>
        <ResourceBar title="CPU" {...cpu} text={cores} />
        <ResourceBar title="Memory" {...memory} text={describeBytes} />
        {gpus.map(gpu => (
          <ResourceBar
            key={gpu.type}
            title={`GPU ${gpu.type}`}
            {...gpu}
            text={formatCount}
          />
        ))}
      </ul>
      {gpus.length === 0 && (
        <Typography color="textSecondary">No node has GPUs.</Typography>
      )}
    </>
  );
};
