import { useApi } from '@backstage/frontend-plugin-api';
import { isError } from '@backstage/errors';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import {
  rayJobSyncPermission,
  type JobSync,
} from '@ml-platform/backstage-plugin-ray-common';
import { jobId, type JobRef } from '@ml-platform/rayjob';
import { useState } from 'react';
import { rayApiRef } from '../api/RayApi';

/** States in which there is something to sync. */
const SYNCABLE: ReadonlySet<JobSync['state']> = new Set([
  'out-of-sync',
  'not-seen',
  'failed',
  'blocked',
  'removing',
]);

export interface SyncButtonProps {
  readonly job: JobRef;
  readonly sync: JobSync;
}

/** Asks Argo CD for a sync of the job, for those who may. */
export const SyncButton = ({ job, sync }: SyncButtonProps) => {
  const api = useApi(rayApiRef);
  const { allowed } = usePermission({
    permission: rayJobSyncPermission,
    resourceRef: jobId(job),
  });
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  if (!allowed || !SYNCABLE.has(sync.state)) {
    return null;
  }
  const ask = async () => {
    setAsking(true);
    setProblem(undefined);
    try {
      await api.syncJob(job);
    } catch (error) {
      setProblem(isError(error) ? error.message : String(error));
    } finally {
      setAsking(false);
    }
  };
  return (
    <>
      <Button
        size="small"
        variant="contained"
        color="primary"
        disabled={asking || sync.running}
        onClick={ask}
      >
        {sync.running ? 'Syncing…' : 'Sync now'}
      </Button>
      {problem && (
        <Alert severity="error" variant="outlined">
          {problem}
        </Alert>
      )}
    </>
  );
};
