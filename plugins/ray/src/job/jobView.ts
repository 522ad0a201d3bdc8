import { NotFoundError } from '@backstage/errors';
import type {
  ClusterStatus,
  JobDetail,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';

import type { RunRef } from '../api/RayApi';

/** What the page of a job shows. A run is told by its uid, never by its name. */
export interface JobView {
  /** The newest row, ahead of `detail` while that is loaded. */
  readonly summary?: JobSummary;
  readonly detail?: JobDetail;
  /** Why the newest detail isn't here; what is on the page may be older. */
  readonly error?: Error;
  /** Status of the job's cluster, once the stream told it. */
  readonly cluster?: ClusterStatus;
  /** Uid of the only run that this page is about, if the address names one. */
  readonly pinned?: string;
  /** Uid of the run that has the job's name now. */
  readonly currentUid?: string;
  /** Uid of the run shown last, also while none is. */
  readonly shownUid?: string;
  /** Uid of the run that was on this page before another took its name. */
  readonly replacedUid?: string;
  /** Grows with each change: a sign to look again at what belongs to the job. */
  readonly changes: number;
}

export type JobViewAction =
  | { readonly type: 'row'; readonly summary: JobSummary }
  | {
      readonly type: 'detail';
      readonly detail: JobDetail;
      /** True when something changed while the detail was on its way. */
      readonly overtaken: boolean;
    }
  | { readonly type: 'error'; readonly error: Error }
  | { readonly type: 'cluster'; readonly cluster: ClusterStatus }
  | { readonly type: 'changed' };

/** True for an error that says that there is nothing to see, or no longer. */
export function isMissing({ name }: Error): boolean {
  return ['NotFoundError', 'NotAllowedError', 'AuthenticationError'].includes(
    name,
  );
}

/** True for a run that has no RayJob yet: its uid stands for a path in git. */
function isOnlyInGit(uid: string): boolean {
  return uid === '' || uid.startsWith('git:');
}

/** The run of a row, by its uid once it has one. */
export function runOf({ cluster, namespace, name, uid }: JobSummary): RunRef {
  return {
    cluster,
    namespace,
    name,
    uid: isOnlyInGit(uid) ? undefined : uid,
  };
}

/** Whether two uids, the second one newer, mean the same run. */
function isSameRun(before: string, after: string): boolean {
  return before === after || isOnlyInGit(before);
}

/** True when the page is about a run that no longer has the job's name. */
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

/** What is on the page stays, unless the error says that it is no longer so. */
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

/** Folds what the stream tells and what is loaded into what the page shows. */
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
