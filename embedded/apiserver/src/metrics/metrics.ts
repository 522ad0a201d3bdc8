import { methodNotAllowed, notFound } from '../errors/statusErrors';
import { PathHandler } from '../http/ApiRouter';
import { parseResourcePath } from '../http/parsePath';
import { representation } from '../http/representation';
import { respond, respondText } from '../http/respond';
import { KubeletClient } from '../kubelet/KubeletClient';
import { KubeObject, objectKey } from '../model/KubeObject';
import { resourceType, ResourceType } from '../model/ResourceType';
import { ObjectStore } from '../store/ObjectStore';
import { StoredObject } from '../store/StoredObject';
import { isSelected, parseSelection } from '../verbs/listObjects';
import { nodeMetrics, parseSummary, podMetrics } from './usage';

const GROUP = { group: 'metrics.k8s.io', version: 'v1beta1' };
const VERBS = ['get', 'list'];

const POD_METRICS = resourceType({
  ...GROUP,
  kind: 'PodMetrics',
  plural: 'pods',
  verbs: VERBS,
});
const NODE_METRICS = resourceType({
  ...GROUP,
  kind: 'NodeMetrics',
  plural: 'nodes',
  namespaced: false,
  verbs: VERBS,
});

/** What pods and nodes use, as metrics-server serves it. */
export const METRICS_RESOURCES: readonly ResourceType[] = [
  NODE_METRICS,
  POD_METRICS,
];

/** Answers from what the kubelets measure; nothing of it is kept. */
export function metrics(options: {
  readonly store: ObjectStore;
  readonly kubelets: KubeletClient;
  readonly now: () => number;
}): PathHandler {
  const { store, now } = options;
  return async api => {
    const path = parseResourcePath(api.segments);
    const type = METRICS_RESOURCES.find(
      ({ plural }) => path?.plural === plural,
    );
    if (
      !path ||
      !type ||
      path.group !== GROUP.group ||
      path.version !== GROUP.version ||
      path.subresource
    ) {
      return false;
    }
    if (api.method !== 'GET') {
      throw methodNotAllowed();
    }
    const selection = parseSelection(type, api.query);
    const measured = await measure(options, type);
    const items = measured.filter(
      ({ metadata }) =>
        !path.namespace || metadata.namespace === path.namespace,
    );
    const { object, list } = representation(type, api.accepted, api.query, now);
    if (path.name) {
      const found = items.find(({ metadata }) => metadata.name === path.name);
      if (!found) {
        throw notFound(type, path.name);
      }
      respond(api.response, 200, object(found), api.accepted);
      return true;
    }
    const text = list({
      metadata: { resourceVersion: String(store.version) },
      items: items.filter(item => isSelected(selection, item)).map(stored),
    });
    respondText(api.response, 200, text, 'application/json');
    return true;
  };
}

/** A node whose kubelet doesn't answer is left out, with its pods. */
async function measure(
  options: {
    readonly store: ObjectStore;
    readonly kubelets: KubeletClient;
  },
  type: ResourceType,
): Promise<readonly KubeObject[]> {
  const { store, kubelets } = options;
  const objects = await Promise.all(
    store.list('nodes').map(async ({ object: node }) => {
      const answer = await kubelets
        .getJson(node.metadata.name, ['stats', 'summary'])
        .catch(() => undefined);
      const summary = parseSummary(answer);
      if (!summary) {
        return [];
      }
      return type === NODE_METRICS
        ? [nodeMetrics(node, summary)]
        : summary.pods.flatMap(stats => {
            const { namespace, name } = stats;
            const pod = store.get('pods', namespace, name)?.object;
            return pod ? [podMetrics(pod, stats)] : [];
          });
    }),
  );
  return objects.flat();
}

function stored(object: KubeObject): StoredObject {
  const { namespace, name } = object.metadata;
  return new StoredObject({
    key: objectKey(namespace, name),
    object,
    version: 1,
    writtenAt: 0,
  });
}
