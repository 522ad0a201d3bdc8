import { methodNotAllowed } from '../errors/statusErrors';
import { SubresourceHandler } from '../http/ApiRouter';
import { KubeletClient } from '../kubelet/KubeletClient';
import { asString, getPath } from '../model/json';
import { ApiContext } from '../verbs/ApiContext';
import { storedObject } from '../verbs/getObject';
import { checkLogExists, kubeletQuery, logContainer } from './logRequest';

const NO_CONTENT = 204;

/** `pods/log`: streams from the kubelet of the pod's node. */
export function podLogs(options: {
  readonly context: ApiContext;
  readonly kubelets: KubeletClient;
}): SubresourceHandler {
  const { context, kubelets } = options;
  return async ({ method, request, response, query }, target) => {
    if (method !== 'GET') {
      throw methodNotAllowed();
    }
    const { object: pod } = storedObject(context, target);
    const container = logContainer(pod, query.get('container'));
    const passed = kubeletQuery(query);
    const nodeName = asString(getPath(pod, 'spec.nodeName'));
    if (!nodeName) {
      response.writeHead(NO_CONTENT);
      response.end();
      return;
    }
    checkLogExists(pod, container, passed.get('previous') === 'true');
    const upstream = await kubelets.get(
      nodeName,
      ['containerLogs', target.namespace ?? '', target.name, container],
      passed,
    );
    response.once('close', () => upstream.destroy());
    request.resume();
    // Ends the client's stream too: a log that broke off is not one that ended.
    upstream.once('error', () => response.destroy());
    upstream.once('aborted', () => response.destroy());
    response.writeHead(200, {
      'content-type': 'text/plain',
      'cache-control': 'no-cache, private',
    });
    response.flushHeaders();
    upstream.pipe(response);
  };
}
