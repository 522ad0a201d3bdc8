import { NotFoundError } from '@backstage/errors';
import type {
  ClusterStatus,
  JobDetail,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';

import type { RunRef } from '../api/RayApi';

/** What the page of a job shows. The uid identifies a run, never the name. */
export interface JobView {
  /** The newest row. It is newer than `detail` while that loads. */
  readonly summary?: JobSummary;
  readonly detail?: JobDetail;
  /** Why the newest details couldn't be loaded; the page may show older ones. */
  readonly error?: Error;
  /** Status of the job's cluster, once the stream has sent it. */
  readonly cluster?: ClusterStatus;
  /** Uid of the run in the address, if there is one: the page shows only that run. */
  readonly pinned?: string;
  /** Uid of the current run with this name. */
  readonly currentUid?: string;
  /** Uid of the run that was shown last. */
  readonly shownUid?: string;
  /** Uid of the run that was shown before a new run took its name. */
  readonly replacedUid?: string;
  /** Grows with each change, so that parts of the page know when to load again. */
  readonly changes: number;
}

export type JobViewAction =
  | { readonly type: 'row'; readonly summary: JobSummary }
  | {
      readonly type: 'detail';
      readonly detail: JobDetail;
      /** True if something changed while the details were loading. */
      readonly overtaken: boolean;
    }
  | { readonly type: 'error'; readonly error: Error }
  | { readonly type: 'cluster'; readonly cluster: ClusterStatus }
  | { readonly type: 'changed' };

/** True for an error that means that the job doesn't exist or isn't visible. */
export function isMissing({ name }: Error): boolean {
  return ['NotFoundError', 'NotAllowedError', 'AuthenticationError'].includes(
    name,
  );
}

/** True for a run without a RayJob: its uid is a stand-in for a path in git. */
function isOnlyInGit(uid: string): boolean {
  return uid === '' || uid.startsWith('git:');
}

/** The run of a row, with its uid if it has one. */
export function runOf({ cluster, namespace, name, uid }: JobSummary): RunRef {
  return {
    cluster,
    namespace,
    name,
    uid: isOnlyInGit(uid) ? undefined : uid,
  };
}

/** Whether an older and a newer uid belong to the same run. */
function isSameRun(before: string, after: string): boolean {
  return before === after || isOnlyInGit(before);
}

/** True if the page shows a run that isn't the current one with this name. */
export function isEarlierRun({ pinned, currentUid }: JobView): boolean {
  return (
    pinned !== undefined && currentUid !== undefined && currentUid !== pinned
  );
}

function show(view: JobView, summary: JobSummary): JobView {
  const { shownUid = '', detail } = view;
  const same = isSameRun(shownUid, summary.uid);
  return {
    ...view,
    summary,
    detail: same ? detail : undefined,
    shownUid: summary.uid,
    replacedUid: same ? view.replacedUid : shownUid,
  };
}

/** Keeps what the page shows, unless the error means that it no longer exists. */
function withError(view: JobView, error: Error): JobView {
  return isMissing(error)
    ? { ...view, summary: undefined, detail: undefined, error }
    : { ...view, error };
}

function takeDetail(
  view: JobView,
  detail: JobDetail,
  overtaken: boolean,
): JobView {
  const { uid } = detail.summary;
  const { pinned, currentUid } = view;
  if (pinned !== undefined) {
    return uid === pinned
      ? { ...show(view, detail.summary), detail, error: undefined }
      : withError(view, new NotFoundError('This run is no longer kept'));
  }
  if (overtaken && uid !== currentUid) {
    return view;
  }
  return {
    ...show(view, detail.summary),
    detail,
    currentUid: uid,
    error: undefined,
  };
}

/** Combines events of the stream and loaded details into what the page shows. */
export function jobViewReducer(view: JobView, action: JobViewAction): JobView {
  switch (action.type) {
    case 'row': {
      const { summary } = action;
      const next = {
        ...view,
        currentUid: summary.uid,
        changes: view.changes + 1,
      };
      const other = view.pinned !== undefined && view.pinned !== summary.uid;
      return other ? next : show(next, summary);
    }
    case 'detail':
      return takeDetail(view, action.detail, action.overtaken);
    case 'error':
      return withError(view, action.error);
    case 'cluster':
      return { ...view, cluster: action.cluster };
    default:
      return { ...view, changes: view.changes + 1 };
  }
}
