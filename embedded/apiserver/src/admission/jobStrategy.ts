import { StatusCause } from '../errors/StatusError';
import {
  asObject,
  ensureObject,
  getPath,
  sameJson,
  setDefault,
} from '../model/json';
import { KubeObject } from '../model/KubeObject';
import { invalidValue, notSupported } from './causes';
import { defaultPodTemplate } from './podDefaults';
import { podTemplateProblems } from './podValidation';
import { Strategy } from './Strategy';

const RESTART_POLICIES = ['OnFailure', 'Never'];

/** Jobs of batch/v1, with the selector that tells their pods. */
export const jobStrategy: Strategy = {
  defaults: object => {
    const spec = ensureObject(object, 'spec');
    if (spec.completions === undefined && spec.parallelism === undefined) {
      spec.completions = 1;
    }
    setDefault(spec, 'parallelism', 1);
    setDefault(spec, 'backoffLimit', 6);
    setDefault(spec, 'completionMode', 'NonIndexed');
    setDefault(spec, 'suspend', false);
    setDefault(spec, 'manualSelector', false);
    setDefault(spec, 'podReplacementPolicy', 'TerminatingOrFailed');
    defaultPodTemplate(asObject(spec.template));
  },
  prepareCreate: object => {
    addSelector(object);
    object.status = {};
  },
  validate: object => [
    ...podTemplateProblems(getPath(object, 'spec.template'), 'spec'),
    ...restartPolicyProblems(object),
  ],
  validateUpdate: (object, current) =>
    ['selector', 'template', 'completionMode'].flatMap(field => {
      const value = getPath(object, `spec.${field}`);
      const before = getPath(current, `spec.${field}`);
      return sameJson(value, before) || mayChange(field, current)
        ? []
        : [invalidValue(`spec.${field}`, value, 'field is immutable')];
    }),
};

/** The scheduling of a Job that never ran can still be changed. */
function mayChange(field: string, current: KubeObject): boolean {
  return (
    field === 'template' &&
    getPath(current, 'spec.suspend') === true &&
    getPath(current, 'status.startTime') === undefined
  );
}

function addSelector(object: KubeObject): void {
  const spec = ensureObject(object, 'spec');
  if (spec.manualSelector === true) {
    return;
  }
  const { uid = '', name } = object.metadata;
  spec.selector = {
    matchLabels: { 'batch.kubernetes.io/controller-uid': uid },
  };
  const metadata = ensureObject(ensureObject(spec, 'template'), 'metadata');
  metadata.labels = {
    ...asObject(metadata.labels),
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
}

function restartPolicyProblems(object: KubeObject): StatusCause[] {
  const path = 'spec.template.spec.restartPolicy';
  const policy = getPath(object, path);
  return typeof policy === 'string' && !RESTART_POLICIES.includes(policy)
    ? [notSupported(path, policy, RESTART_POLICIES)]
    : [];
}
