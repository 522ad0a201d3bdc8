import { badRequest, conflict, methodNotAllowed } from '../errors/statusErrors';
import { SubresourceHandler } from '../http/ApiRouter';
import { readBody } from '../http/readBody';
import { respond } from '../http/respond';
import { writeOptions } from '../http/writeOptions';
import { asObject, asString, getPath } from '../model/json';
import { ApiContext } from '../verbs/ApiContext';
import { storedObject } from '../verbs/getObject';
import { replaceObject } from '../verbs/updateObject';

const SUCCESS = {
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
  code: 201,
};

/** `pods/binding`: gives the pod its node. */
export function podBinding(context: ApiContext): SubresourceHandler {
  return async (api, target) => {
    if (api.method !== 'POST') {
      throw methodNotAllowed();
    }
    const body = await readBody(api.request);
    const nodeName = asString(getPath(body, 'target.name'));
    if (!nodeName) {
      throw badRequest('target.name: Required value');
    }
    const current = storedObject(context, target);
    const pod = current.object;
    const bound = asString(getPath(pod, 'spec.nodeName'));
    if (bound) {
      throw conflict(
        target.type,
        target.name,
        `pod ${target.name} is already assigned to node "${bound}"`,
      );
    }
    const next = { ...pod, spec: { ...asObject(pod.spec), nodeName } };
    replaceObject(context, target, current, next, writeOptions(api));
    respond(api.response, 201, SUCCESS);
  };
}
