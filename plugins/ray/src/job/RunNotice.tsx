import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import Alert from '@material-ui/lab/Alert';
import type { JobRef } from '@ml-platform/rayjob';
import { useEffect, useState } from 'react';
import { rayApiRef } from '../api/RayApi';
import { jobRouteRef } from '../routes';

/** Whether the backend still has a run. */
function useReachable({ cluster, namespace, name }: JobRef, uid?: string) {
  const api = useApi(rayApiRef);
  const [reachable, setReachable] = useState(false);
  useEffect(() => {
    setReachable(false);
    if (uid === undefined) {
      return undefined;
    }
    const asked = new AbortController();
    api
      .getJob({ cluster, namespace, name, uid }, asked.signal)
      .then(({ summary }) => setReachable(summary.uid === uid))
      // The notice then has no link.
      .catch(() => {});
    return () => asked.abort();
  }, [api, cluster, namespace, name, uid]);
  return reachable;
}

export interface RunNoticeProps {
  readonly job: JobRef;
  /** True if there is a newer run with this name. */
  readonly earlier: boolean;
  /** Uid of the run that this page showed before. */
  readonly replacedUid?: string;
}

/** Says which of the runs with the same name the page shows, and links the other. */
export const RunNotice = ({ job, earlier, replacedUid }: RunNoticeProps) => {
  const { cluster, namespace, name } = job;
  const path = useRouteRef(jobRouteRef)?.({ cluster, namespace, name }) ?? '';
  const reachable = useReachable(job, replacedUid);
  if (earlier) {
    return (
      <Alert severity="info" variant="outlined">
        This is an earlier run of {name}.{' '}
        <Link to={path}>Show the current run</Link>
      </Alert>
    );
  }
  if (replacedUid === undefined) {
    return null;
  }
  return (
    <Alert severity="info" variant="outlined" role="status">
      {name} was deleted and created again. This page now shows the new run.{' '}
      {reachable && (
        <Link to={`${path}?${new URLSearchParams({ uid: replacedUid })}`}>
          Show the earlier run
        </Link>
      )}
    </Alert>
  );
};
