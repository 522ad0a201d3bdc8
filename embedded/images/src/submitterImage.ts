import type { BaseImage } from './BaseImage';
import type { ImageReference } from './imageReference';

const PROGRAM = '/submitter';

/** Submits the job unless it is there already, and follows its log to the end. */
const SUBMIT_AND_FOLLOW = `
address="http://\${RAY_DASHBOARD_ADDRESS#http://}"
id="$RAY_JOB_SUBMISSION_ID"
if ! ray job status --address "$address" "$id" >/dev/null 2>&1; then
  ray job submit --no-wait --address "$address" --submission-id "$id" "$@" || exit
fi
exec ray job logs --address "$address" --follow "$id"
`;

/**
 * KubeRay's light-weight submitter: one program, which takes the options of
 * `ray job submit`. Here Ray's own command line does its work.
 *
 * Source: KubeRay's documentation, "RayJob", on a light-weight submitter.
 */
export function submitterImage({
  registry,
  repository,
}: ImageReference): BaseImage | undefined {
  if (`${registry}/${repository}` !== 'quay.io/kuberay/submitter') {
    return undefined;
  }
  return {
    recipe: { name: 'submitter', installs: [['ray[default]']] },
    workingDirInImage: '/',
    entrypoint: [PROGRAM],
    command: [],
    programs: { [PROGRAM]: ['/bin/sh', '-c', SUBMIT_AND_FOLLOW, PROGRAM] },
    note: "the command line of the newest Ray in the package index, instead of KubeRay's own program",
  };
}
