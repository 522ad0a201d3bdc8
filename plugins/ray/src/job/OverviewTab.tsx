import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { SectionBoundary } from '../foreign/SectionBoundary';
import Alert from '@material-ui/lab/Alert';
import { AttemptsList } from './AttemptsList';
import { ConditionsList } from './ConditionsList';
import { useJobOnPage } from './JobContext';
import { JobFacts } from './JobFacts';
import { nextStep } from './nextStep';
import { NextStepNotice } from './NextStepNotice';
import { PodsTable } from './PodsTable';
import { Section } from './Section';
import { Timeline } from './Timeline';
import { useJobPath } from './useJobPath';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: theme.spacing(2),
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  },
  wide: { gridColumn: '1 / -1', minWidth: 0 },
}));

/** The state of the run, what was requested, and its parts. */
export const OverviewTab = () => {
  const classes = useStyles();
  const { detail, summary } = useJobOnPage();
  const path = useJobPath();
  // The row is newer than the details while those load.
  const current = { ...detail, summary };
  const step = nextStep(current, path('logs'));
  return (
    <div className={classes.root}>
      {step && (
        <div className={classes.wide}>
          <SectionBoundary what="what comes next" data={current}>
            <NextStepNotice step={step} />
          </SectionBoundary>
        </div>
      )}
      {detail.warnings?.map(warning => (
        <div key={warning} className={classes.wide}>
          <Alert severity="warning">{warning}</Alert>
        </div>
      ))}
      <div className={classes.wide}>
        <Section title="Stages">
          <Timeline detail={current} />
        </Section>
      </div>
      <Section title="Details">
        <JobFacts detail={current} />
      </Section>
      <Section title="Ray cluster">
        {detail.attempts.length === 0 && (
          <Typography color="textSecondary">
            KubeRay creates it when the job is on its cluster.
          </Typography>
        )}
        <AttemptsList attempts={detail.attempts} />
        <ConditionsList conditions={detail.conditions} />
      </Section>
      <div className={classes.wide}>
        <Section title="Pods">
          {detail.pods.length > 0 ? (
            <PodsTable detail={detail} />
          ) : (
            <Typography color="textSecondary">
              {summary.endedAt
                ? 'The pods were deleted with the Ray cluster.'
                : 'There are no pods yet.'}
            </Typography>
          )}
        </Section>
      </div>
    </div>
  );
};
