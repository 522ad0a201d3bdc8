import http, { IncomingMessage } from 'node:http';
import {
  badRequest,
  internalError,
  methodNotAllowed,
} from '../errors/statusErrors';
import { SubresourceHandler } from '../http/ApiRouter';
import { asString, getPath } from '../model/json';
import { ObjectStore } from '../store/ObjectStore';
import { ApiContext } from '../verbs/ApiContext';
import { storedObject } from '../verbs/getObject';
import { kubeletAddress } from './kubeletAddress';
import { checkLogExists, kubeletQuery, logContainer } from './logRequest';

const NO_CONTENT = 204;

/** `pods/log`: streams from the kubelet of the pod's node. */
export function podLogs(options: {
  readonly context: ApiContext;
  readonly kubeletToken: string;
}): SubresourceHandler {
  const { context, kubeletToken } = options;
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
    const upstream = await openLog(context.store, {
      nodeName,
      path: ['containerLogs', target.namespace ?? '', target.name, container]
        .map(encodeURIComponent)
        .join('/'),
      query: passed,
      token: kubeletToken,
    });
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

async function openLog(
  store: ObjectStore,
  log: {
    readonly nodeName: string;
    readonly path: string;
    readonly query: URLSearchParams;
    readonly token: string;
  },
): Promise<IncomingMessage> {
  const url = `${kubeletAddress(store, log.nodeName)}/${log.path}?${log.query}`;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    http
      .get(url, {
        agent: false,
        headers: { authorization: `Bearer ${log.token}` },
      })
      .once('response', resolve)
      .once('error', error =>
        reject(internalError(`Get "${url}": ${error.message}`)),
      );
  });
  if (answer.statusCode === 200) {
    return answer;
  }
  const text = await readAll(answer);
  throw answer.statusCode === 400
    ? badRequest(text.trim())
    : internalError(
        `the kubelet answered ${answer.statusCode}: ${text.trim()}`,
      );
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
