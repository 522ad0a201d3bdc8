import type { JobRef } from '@ml-platform/rayjob';
import { inlineCode } from './markdown';

/** Why a job's manifest is removed. */
export interface RemovalRequest {
  readonly verb: 'stop' | 'delete';
  /** Entity reference of who asks. */
  readonly requester: string;
  /** More to say, as plain text. */
  readonly remark?: string;
}

/** Title and text of the pull request that removes a job's manifest. */
export function removalBody(
  { cluster, namespace, name }: JobRef,
  request: RemovalRequest,
): { readonly title: string; readonly body: string } {
  const { verb, requester, remark } = request;
  const place = `${cluster} / ${namespace}`;
  return {
    title: `${verb === 'stop' ? 'Stop' : 'Delete'} training job ${name}`,
    body: [
      verb === 'stop'
        ? `Merging this stops the training job **${name}** on ${inlineCode(place)}.`
        : `Merging this deletes the training job **${name}** on ${inlineCode(place)}.`,
      'It removes the manifest, and the GitOps engine then removes the job from the cluster.',
      ...(remark ? [inlineCode(remark)] : []),
      `Requested by ${inlineCode(requester)}.`,
      '',
    ].join('\n\n'),
  };
}
