import { asObject, ensureObject, getPath, setDefault } from '../model/json';
import { required } from './causes';
import { isPathSegment } from './names';
import { defaultPodTemplate } from './podDefaults';
import { podTemplateProblems } from './podValidation';
import { Strategy } from './Strategy';

/** Secrets: text is kept as base64, and every secret has a type. */
export const secretStrategy: Strategy = {
  defaults: object => {
    object.type ??= 'Opaque';
    const texts = asObject(object.stringData);
    if (texts) {
      const data = ensureObject(object, 'data');
      for (const [key, text] of Object.entries(texts)) {
        data[key] = Buffer.from(String(text)).toString('base64');
      }
      delete object.stringData;
    }
  },
};

/** Deployments and the like, which the embedded cluster only stores. */
export const workloadStrategy: Strategy = {
  defaults: object => {
    const spec = ensureObject(object, 'spec');
    if (object.kind !== 'DaemonSet') {
      setDefault(spec, 'replicas', 1);
    }
    defaultPodTemplate(asObject(spec.template));
  },
  validate: object => [
    ...(getPath(object, 'spec.selector') ? [] : [required('spec.selector')]),
    ...podTemplateProblems(getPath(object, 'spec.template'), 'spec'),
  ],
};

export const cronJobStrategy: Strategy = {
  defaults: object => {
    const spec = ensureObject(object, 'spec');
    setDefault(spec, 'concurrencyPolicy', 'Allow');
    setDefault(spec, 'suspend', false);
    defaultPodTemplate(asObject(getPath(spec, 'jobTemplate.spec.template')));
  },
  validate: object => [
    ...(getPath(object, 'spec.schedule') ? [] : [required('spec.schedule')]),
    ...podTemplateProblems(
      getPath(object, 'spec.jobTemplate.spec.template'),
      'spec.jobTemplate.spec',
    ),
  ],
};

export const rbacStrategy: Strategy = { nameCheck: isPathSegment };

export const claimStrategy: Strategy = {
  prepareCreate: object => {
    object.status = { phase: 'Pending' };
  },
};
