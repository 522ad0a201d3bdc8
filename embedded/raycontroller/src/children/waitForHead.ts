import type { Container } from '@ml-platform/embedded-controller-runtime';
import type { HeadAddress } from './rayEnv';

/** Quiet for so long; afterwards Ray's own errors show in the log. */
const QUIET_SECONDS = 120;

/** The init container that holds a worker back until the head's GCS answers. */
export function waitForHeadContainer(
  rayContainer: Container,
  head: HeadAddress,
): Container {
  const address = `${head.fqdn}:${head.port}`;
  const resources = { cpu: '200m', memory: '256Mi' };
  const script = [
    'SECONDS=0',
    'while true; do',
    `  if (( SECONDS <= ${QUIET_SECONDS} )); then`,
    `    if ray health-check --address ${address} > /dev/null 2>&1; then break; fi`,
    `  elif ray health-check --address ${address}; then break; fi`,
    '  echo "$SECONDS seconds elapsed: Waiting for GCS to be ready."',
    '  sleep 2',
    'done',
    'echo "GCS is ready."',
  ];
  return {
    name: 'wait-gcs-ready',
    image: rayContainer.image,
    ...(rayContainer.imagePullPolicy && {
      imagePullPolicy: rayContainer.imagePullPolicy,
    }),
    command: ['/bin/bash', '-c', '--'],
    args: [script.join('\n')],
    env: rayContainer.env,
    volumeMounts: rayContainer.volumeMounts,
    ...(rayContainer.securityContext !== undefined && {
      securityContext: rayContainer.securityContext,
    }),
    resources: { limits: resources, requests: resources },
  };
}
