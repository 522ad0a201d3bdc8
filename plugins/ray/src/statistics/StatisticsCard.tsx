import { InfoCard } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import type { WorkloadStatistics } from '@ml-platform/backstage-plugin-ray-common';
import { workloadOf } from '../entity/workloadOf';
import { foreignText } from '../foreign/foreignText';
import { SectionBoundary } from '../foreign/SectionBoundary';
import { formatCount } from '../states/formatCount';
import { toneColor } from '../states/tones';
import { formatDuration } from '../times/formatDuration';
import { FailureCauses } from './FailureCauses';
import { useStatistics } from './useStatistics';
import { VersionUse } from './VersionUse';
import { medianBars, outcomeBars, successRate } from './weekCharts';
import { WeekBars } from './WeekBars';
import { WeekTable } from './WeekTable';

const useStyles = makeStyles(theme => ({
  charts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 200px), 1fr))',
    gap: theme.spacing(3),
    marginTop: theme.spacing(2),
  },
  part: { '& h3': { margin: theme.spacing(3, 0, 1), fontSize: 15 } },
}));

const Figures = ({ figures }: { readonly figures: WorkloadStatistics }) => {
  const classes = useStyles();
  const theme = useTheme();
  const { runs, succeeded, failed, stopped, weeks, complete } = figures;
  const longest = (most: number) => `(highest ${formatDuration(most)})`;
  const colors = {
    succeeded: toneColor(theme, 'good'),
    failed: toneColor(theme, 'bad'),
    stopped: toneColor(theme, 'idle'),
  };
  return (
    <>
      <Typography>
        Success {successRate(figures)}: {formatCount(succeeded)} of{' '}
        {complete ? '' : 'the last '}
        {formatCount(runs)} runs succeeded ({formatCount(failed)} failed,{' '}
        {formatCount(stopped)} stopped)
      </Typography>
      <div className={classes.charts}>
        <WeekBars
          title="Runs"
          about={most => `(highest ${formatCount(most)})`}
          weeks={outcomeBars(weeks, colors)}
        />
        <WeekBars
          title="Median run"
          about={longest}
          weeks={medianBars(weeks, 'duration', toneColor(theme, 'active'))}
        />
        <WeekBars
          title="Median wait"
          about={longest}
          weeks={medianBars(weeks, 'wait', toneColor(theme, 'waiting'))}
        />
      </div>
      <WeekTable weeks={weeks} />
      {figures.causes.length > 0 && (
        <div className={classes.part}>
          <h3>Why runs failed</h3>
          <FailureCauses causes={figures.causes} />
        </div>
      )}
      <div className={classes.part}>
        <h3>Who runs which version</h3>
        <VersionUse versions={figures.versions} />
      </div>
    </>
  );
};

/** How the runs of the workload ended in the last weeks, on its catalog page. */
export const StatisticsCard = () => {
  const { entity } = useEntity();
  const { value, loading, error, retry } = useStatistics(
    workloadOf(entity) ?? '',
  );
  return (
    <InfoCard title="The last eight weeks">
      {loading && !value && <Skeleton height={160} />}
      {error && (
        <Alert
          severity="error"
          variant="outlined"
          action={
            <Button color="inherit" size="small" onClick={retry}>
              Retry
            </Button>
          }
        >
          Couldn&apos;t load the figures: {foreignText(error.message)}
        </Alert>
      )}
      {value?.runs === 0 && (
        <Typography>
          No run of this workload has ended in the last eight weeks.
        </Typography>
      )}
      {value && value.runs > 0 && (
        <SectionBoundary what="the figures" data={value}>
          <Figures figures={value} />
        </SectionBoundary>
      )}
    </InfoCard>
  );
};
