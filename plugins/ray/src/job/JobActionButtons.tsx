import {
  toastApiRef,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import { isHttpUrl, type JobSummary } from '@ml-platform/rayjob';

import { Fragment, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { rayApiRef, type JobActionResult } from '../api/RayApi';
import { jobRouteRef } from '../routes';
import { ConfirmDialog } from './ConfirmDialog';
import { JOB_ACTIONS, type JobAction } from './actionRules';
import { useJobRights } from './useJobRights';
import { foreignText } from '../foreign/foreignText';
import { SHORT_WINDOW } from '../layout/shortWindow';
import { RerunButton } from '../rerun/RerunButton';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    [SHORT_WINDOW]: { flexWrap: 'nowrap' },
  },
}));

export interface JobActionButtonsProps {
  readonly job: JobSummary;
  readonly detail: JobDetail;
}

/** Buttons for the actions that apply to a job and that the user may take. */
export const JobActionButtons = ({ job, detail }: JobActionButtonsProps) => {
  const classes = useStyles();
  const api = useApi(rayApiRef);
  const toast = useApi(toastApiRef);
  const navigate = useNavigate();
  const jobPath = useRouteRef(jobRouteRef);
  const allowed = useJobRights(job);
  const [asked, setAsked] = useState<JobAction>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();

  const tell = (action: JobAction, result: JobActionResult) => {
    const links =
      result.via === 'git' && isHttpUrl(result.pullRequestUrl)
        ? [{ label: 'Open the pull request', href: result.pullRequestUrl }]
        : [];
    toast.post({
      title:
        result.via === 'git'
          ? `${action.title}: merge the pull request to apply the change`
          : `${action.title}: done`,
      status: 'success',
      links,
      ...(result.via === 'cluster' && { timeout: 5_000 }),
    });
    if (action.id === 'retry' && jobPath) {
      const { cluster, namespace, name } = result.job;
      navigate(jobPath({ cluster, namespace, name }));
    }
  };

  const run = async (action: JobAction) => {
    setBusy(true);
    setError(undefined);
    try {
      const result = await action.run(api, job);
      setAsked(undefined);
      tell(action, result);
    } catch (problem) {
      setError(problem as Error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className={classes.root}>
      {JOB_ACTIONS.filter(
        action => action.applies(job) && allowed[action.id],
      ).map(action => (
        <Fragment key={action.id}>
          <Button
            size="small"
            variant="outlined"
            onClick={() => {
              setError(undefined);
              setAsked(action);
            }}
          >
            {action.title}
          </Button>
          {action.id === 'retry' && (
            <RerunButton detail={{ ...detail, summary: job }} />
          )}
        </Fragment>
      ))}
      {asked && (
        <ConfirmDialog
          title={`${asked.title} ${foreignText(job.name)}?`}
          text={asked.question(job, detail.live)}
          action={asked.title}
          destructive={asked.destructive}
          busy={busy}
          error={error}
          onConfirm={() => run(asked)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
};
