import type { Container, ContainerStatus, Pod } from '../objects/kubernetes';
import {
  RAY_LABEL_CLUSTER,
  RAY_LABEL_GROUP,
  RAY_LABEL_NODE_TYPE,
  RAY_LABEL_ORIGIN_NAME,
} from '../objects/rayLabels';
import { onSpot } from './disruption';

const LABELS = [
  RAY_LABEL_CLUSTER,
  RAY_LABEL_GROUP,
  RAY_LABEL_NODE_TYPE,
  RAY_LABEL_ORIGIN_NAME,
];

/** Conditions that say something also where they are true. */
const KEPT = ['DisruptionTarget', 'PodScheduled'];

const slimContainer = ({ name, image, resources }: Container): Container => ({
  name,
  image,
  resources: resources && {
    requests: resources.requests,
    limits: resources.limits,
  },
});

const slimStatus = (status: ContainerStatus): ContainerStatus => ({
  name: status.name,
  image: status.image,
  ready: status.ready,
  restartCount: status.restartCount,
  state: status.state,
  lastState: status.lastState,
});

/** Only what {@link jobState} and pages read of a pod, to be kept for thousands. */
export function compactPod(pod: Pod): Pod {
  const { metadata, spec, status } = pod;
  return {
    metadata: {
      name: metadata.name,
      namespace: metadata.namespace,
      uid: metadata.uid,
      creationTimestamp: metadata.creationTimestamp,
      deletionTimestamp: metadata.deletionTimestamp,
      labels: Object.fromEntries(
        LABELS.flatMap(label => {
          const value = metadata.labels?.[label];
          return value === undefined ? [] : [[label, value]];
        }),
      ),
    },
    spec: {
      nodeName: spec?.nodeName,
      containers: spec?.containers?.map(slimContainer),
      initContainers: spec?.initContainers?.map(slimContainer),
      ...(onSpot(pod) && {
        nodeSelector: spec?.nodeSelector,
        tolerations: spec?.tolerations,
        affinity: spec?.affinity,
      }),
    },
    status: {
      phase: status?.phase,
      reason: status?.reason,
      message: status?.message,
      conditions: status?.conditions?.filter(
        ({ type, status: is }) => is === 'False' || KEPT.includes(type),
      ),
      containerStatuses: status?.containerStatuses?.map(slimStatus),
      initContainerStatuses: status?.initContainerStatuses?.map(slimStatus),
    },
  };
}
