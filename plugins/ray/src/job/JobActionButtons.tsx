import {
  toastApiRef,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { rayJobCreatePermission } from '@ml-platform/backstage-plugin-ray-common';
import { isHttpUrl, type JobSummary } from '@ml-platform/rayjob';

import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { rayApiRef, type JobActionResult } from '../api/RayApi';
import { jobRouteRef } from '../routes';
import { ConfirmDialog } from './ConfirmDialog';
import {
  ACTION_PERMISSIONS,
  JOB_ACTIONS,
  jobResourceRef,
  type JobAction,
} from './actionRules';
import { foreignText } from '../foreign/foreignText';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** Which actions the user has permission for. */
function useAllowed(
  job: JobSummary,
): Readonly<Record<JobAction['id'], boolean>> {
  const resourceRef = jobResourceRef(job);
  const stop = usePermission({
    permission: ACTION_PERMISSIONS.stop,
    resourceRef,
  });
  const remove = usePermission({
    permission: ACTION_PERMISSIONS.delete,
    resourceRef,
  });
  const create = usePermission({
    permission: rayJobCreatePermission,
    resourceRef,
  });
  return {
    stop: stop.allowed,
    delete: remove.allowed,
    retry: create.allowed,
  };
}

/** Buttons for the actions that apply to a job and that the user may take. */
export const JobActionButtons = ({ job }: { readonly job: JobSummary }) => {
  const classes = useStyles();
  const api = useApi(rayApiRef);
  const toast = useApi(toastApiRef);
  const navigate = useNavigate();
  const jobPath = useRouteRef(jobRouteRef);
  const allowed = useAllowed(job);
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
        <Button
          key={action.id}
          size="small"
          variant="outlined"
          onClick={() => {
            setError(undefined);
            setAsked(action);
          }}
        >
          {action.title}
        </Button>
      ))}
      {asked && (
        <ConfirmDialog
          title={`${asked.title} ${foreignText(job.name)}?`}
          text={asked.question(job)}
          action={asked.title}
          busy={busy}
          error={error}
          onConfirm={() => run(asked)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
};
