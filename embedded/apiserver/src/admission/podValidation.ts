import { StatusCause } from '../errors/StatusError';
import {
  asArray,
  asNumber,
  asObject,
  asObjects,
  asString,
  JsonObject,
} from '../model/json';
import {
  duplicate,
  invalidValue,
  notFoundValue,
  notSupported,
  required,
} from './causes';
import { isDns1123Label } from './names';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const MAX_PORT = 65535;

/** Problems of a pod's spec (k8s.io/kubernetes/pkg/apis/core/validation). */
export function podSpecProblems(
  spec: JsonObject | undefined,
  path: string,
): StatusCause[] {
  const containers = asArray(spec?.containers);
  if (!spec || !containers?.length) {
    return [required(`${path}.containers`)];
  }
  const restartPolicy = asString(spec.restartPolicy) ?? '';
  const volumes = asObjects(spec.volumes);
  return [
    ...nameProblems(volumes, `${path}.volumes`),
    ...containerProblems(spec, 'initContainers', path),
    ...containerProblems(spec, 'containers', path),
    ...(RESTART_POLICIES.includes(restartPolicy)
      ? []
      : [
          notSupported(
            `${path}.restartPolicy`,
            restartPolicy,
            RESTART_POLICIES,
          ),
        ]),
  ];
}

function containerProblems(
  spec: JsonObject,
  field: string,
  path: string,
): StatusCause[] {
  const containers = asObjects(spec[field]);
  const volumes = new Set(asObjects(spec.volumes).map(({ name }) => name));
  return [
    ...nameProblems(containers, `${path}.${field}`),
    ...containers.flatMap((container, i) => {
      const at = `${path}.${field}[${i}]`;
      return [
        ...(container.image ? [] : [required(`${at}.image`)]),
        ...asObjects(container.ports).flatMap((port, j) =>
          portProblems(port, `${at}.ports[${j}].containerPort`),
        ),
        ...asObjects(container.env).flatMap((variable, j) =>
          variable.name ? [] : [required(`${at}.env[${j}].name`)],
        ),
        ...asObjects(container.volumeMounts).flatMap((mount, j) => [
          ...(volumes.has(mount.name)
            ? []
            : [notFoundValue(`${at}.volumeMounts[${j}].name`, mount.name)]),
          ...(mount.mountPath
            ? []
            : [required(`${at}.volumeMounts[${j}].mountPath`)]),
        ]),
      ];
    }),
  ];
}

function portProblems(port: JsonObject, path: string): StatusCause[] {
  const number = asNumber(port.containerPort);
  if (number === undefined) {
    return [required(path)];
  }
  return number > 0 && number <= MAX_PORT
    ? []
    : [invalidValue(path, number, 'must be between 1 and 65535, inclusive')];
}

/** Names must be labels, and differ. */
function nameProblems(
  list: readonly JsonObject[],
  path: string,
): StatusCause[] {
  const seen = new Set<string>();
  return list.flatMap((one, i) => {
    const name = asString(one.name) ?? '';
    const field = `${path}[${i}].name`;
    if (!name) {
      return [required(field)];
    }
    if (seen.has(name)) {
      return [duplicate(field, name)];
    }
    seen.add(name);
    return isDns1123Label(name).map(problem =>
      invalidValue(field, name, problem),
    );
  });
}

/** Problems of the template of a Job, a Deployment and the like. */
export function podTemplateProblems(
  template: unknown,
  path: string,
): StatusCause[] {
  return podSpecProblems(
    asObject(asObject(template)?.spec),
    `${path}.template.spec`,
  );
}
