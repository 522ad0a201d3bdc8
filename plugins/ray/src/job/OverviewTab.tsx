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
import { PodTroubles } from './PodTroubles';
import { Section } from './Section';
import { ReviewList } from '../review/ReviewList';
import { useJobReview } from '../review/useJobReview';
import { SyncNotice } from '../sync/SyncNotice';
import { syncStep } from '../sync/syncStep';
import { useJobSync } from '../sync/useJobSync';
import { TimeBars } from './TimeBars';
import { Timeline } from './Timeline';
import { useJobPath } from './useJobPath';
import { useJobRights } from './useJobRights';

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
  const { detail, summary, earlier } = useJobOnPage();
  const rights = useJobRights(summary);
  const path = useJobPath();
  // The row is newer than the details while those load.
  const current = { ...detail, summary };
  const review = useJobReview(current);
  const sync = useJobSync(current);
  const pending = summary.state === 'awaiting-sync';
  const syncing = sync && syncStep(sync, pending);
  // Of a job that waits for the sync, Argo CD knows more.
  const step =
    syncing && pending
      ? undefined
      : nextStep(
          { ...current, review },
          {
            logs: source => path('logs', source ? { source } : {}),
            canRunAgain: rights.retry && !earlier,
            canReadLog: rights.log,
          },
        );
  return (
    <div className={classes.root}>
      {sync && syncing && (
        <div className={classes.wide}>
          <SectionBoundary what="the sync" data={sync}>
            <SyncNotice job={summary} sync={sync} step={syncing} />
          </SectionBoundary>
        </div>
      )}
      {step && (
        <div className={classes.wide}>
          <SectionBoundary what="what comes next" data={current}>
            <NextStepNotice step={step}>
              {review && <ReviewList review={review} />}
            </NextStepNotice>
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
          <Timeline
            detail={{ ...current, sync }}
            told={Boolean(step ?? syncing)}
          />
          <TimeBars detail={current} />
        </Section>
      </div>
      <Section title="Details">
        <JobFacts detail={current} sync={sync} />
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
            <>
              <PodTroubles pods={detail.pods} told={summary.message} />
              <PodsTable detail={detail} canReadLog={rights.log} />
            </>
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
