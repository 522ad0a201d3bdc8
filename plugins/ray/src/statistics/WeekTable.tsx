import { makeStyles } from '@material-ui/core/styles';
import type { WorkloadStatistics } from '@ml-platform/backstage-plugin-ray-common';
import { formatDuration } from '../times/formatDuration';
import { dayOf, successRate } from './weekCharts';

const useStyles = makeStyles(theme => ({
  root: {
    marginTop: theme.spacing(2),
    '& summary': { cursor: 'pointer' },
  },
  scroll: { overflowX: 'auto' },
  table: {
    borderCollapse: 'collapse',
    fontVariantNumeric: 'tabular-nums',
    '& th, & td': {
      padding: theme.spacing(0.5, 1.5, 0.5, 0),
      textAlign: 'left',
      whiteSpace: 'nowrap',
    },
  },
}));

type Spread = WorkloadStatistics['weeks'][number]['duration'];

const medianOf = (spread: Spread) =>
  spread ? formatDuration(spread.median) : '–';

/** The numbers of the pictures, the newest week first. */
export const WeekTable = ({ weeks }: Pick<WorkloadStatistics, 'weeks'>) => {
  const classes = useStyles();
  return (
    <details className={classes.root}>
      <summary>Numbers of each week</summary>
      <div
        className={classes.scroll}
        role="region"
        aria-label="Numbers of each week"
        // A region that scrolls is reached by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Week of</th>
              <th scope="col">Succeeded</th>
              <th scope="col">Failed</th>
              <th scope="col">Stopped</th>
              <th scope="col">Success</th>
              <th scope="col">Median run</th>
              <th scope="col">Median wait</th>
            </tr>
          </thead>
          <tbody>
            {[...weeks].reverse().map(week => (
              <tr key={week.from}>
                <th scope="row">{dayOf(week)}</th>
                <td>{week.succeeded}</td>
                <td>{week.failed}</td>
                <td>{week.stopped}</td>
                <td>{successRate(week)}</td>
                <td>{medianOf(week.duration)}</td>
                <td>{medianOf(week.wait)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
};
