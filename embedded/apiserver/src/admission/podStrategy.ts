import { StatusCause } from '../errors/StatusError';
import {
  asObject,
  asObjects,
  ensureObject,
  JsonObject,
  sameJson,
  setDefault,
} from '../model/json';
import { KubeObject } from '../model/KubeObject';
import { forbiddenField } from './causes';
import { defaultPodSpec } from './podDefaults';
import { podSpecProblems } from './podValidation';
import { Strategy } from './Strategy';

const NODE_CONDITIONS = ['not-ready', 'unreachable'];

const IMMUTABLE: StatusCause = forbiddenField(
  'spec',
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
);

/** Pods, with what a cluster's standard admission adds to them. */
export const podStrategy: Strategy = {
  defaults: object => {
    const spec = ensureObject(object, 'spec');
    defaultPodSpec(spec);
    setDefault(spec, 'enableServiceLinks', true);
  },
  prepareCreate: object => {
    const spec = ensureObject(object, 'spec');
    setDefault(spec, 'serviceAccountName', spec.serviceAccount ?? 'default');
    setDefault(spec, 'serviceAccount', spec.serviceAccountName ?? 'default');
    setDefault(spec, 'preemptionPolicy', 'PreemptLowerPriority');
    setDefault(spec, 'priority', 0);
    spec.tolerations = [
      ...asObjects(spec.tolerations),
      ...missingTolerations(asObjects(spec.tolerations)),
    ];
    object.status = { phase: 'Pending', qosClass: qosClass(spec) };
  },
  validate: object => podSpecProblems(asObject(object.spec), 'spec'),
  validateUpdate: (object, current) =>
    sameJson(fixedSpec(object), fixedSpec(current)) ? [] : [IMMUTABLE],
};

/** The spec without what may change after creation; a node is given once. */
function fixedSpec({ spec: given }: KubeObject): JsonObject {
  const {
    activeDeadlineSeconds: _deadline,
    tolerations: _tolerations,
    nodeName: _node,
    ...spec
  } = asObject(given) ?? {};
  const withoutImages = (list: unknown) =>
    asObjects(list).map(({ image: _image, ...container }) => container);
  return {
    ...spec,
    containers: withoutImages(spec.containers),
    initContainers: withoutImages(spec.initContainers),
  };
}

function missingTolerations(given: readonly JsonObject[]): JsonObject[] {
  return NODE_CONDITIONS.map(condition => ({
    key: `node.kubernetes.io/${condition}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  })).filter(
    wanted =>
      !given.some(
        one =>
          one.key === wanted.key || (!one.key && one.operator === 'Exists'),
      ),
  );
}

/** How the pod would be treated when memory gets scarce. */
function qosClass(spec: JsonObject): string {
  const resources = asObjects(spec.containers).map(container =>
    asObject(container.resources),
  );
  const any = resources.some(
    one =>
      Object.keys(asObject(one?.limits) ?? {}).length > 0 ||
      Object.keys(asObject(one?.requests) ?? {}).length > 0,
  );
  if (!any) {
    return 'BestEffort';
  }
  const guaranteed = resources.every(one => {
    const limits = asObject(one?.limits);
    const requests = asObject(one?.requests);
    return ['cpu', 'memory'].every(
      name => limits?.[name] !== undefined && limits[name] === requests?.[name],
    );
  });
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
