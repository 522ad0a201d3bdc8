import { strategyOf } from './admission/strategies';
import { discovery } from './discovery/discovery';
import { ApiRouter, SubresourceHandler } from './http/ApiRouter';
import { TokenAuthenticator } from './http/authenticate';
import { HttpsFront } from './http/HttpsFront';
import { ResourceHandler } from './http/ResourceHandler';
import { KubeletClient } from './kubelet/KubeletClient';
import { podLogs } from './logs/podLogs';
import { metrics, METRICS_RESOURCES } from './metrics/metrics';
import { CORE_RESOURCES } from './model/coreResources';
import { CUSTOM_RESOURCES } from './model/customResources';
import { GROUP_RESOURCES } from './model/groupResources';
import { ResourceRegistry } from './model/ResourceRegistry';
import { ApiServer, ApiServerOptions } from './options';
import { PortForwarder } from './portforward/PortForwarder';
import { ObjectProxy } from './proxy/ObjectProxy';
import { ObjectDatabase } from './store/ObjectDatabase';
import { ObjectStore } from './store/ObjectStore';
import { bootstrap } from './upkeep/bootstrap';
import { EventExpiry } from './upkeep/EventExpiry';
import { NamespaceCleaner } from './upkeep/NamespaceCleaner';
import {
  CRD_RESOURCE,
  customResourceDefinitions,
} from './virtual/customResourceDefinitions';
import { podBinding } from './virtual/podBinding';
import { REVIEW_RESOURCES, reviews } from './virtual/reviews';
import { openApi } from './openapi/openApi';
import { openApiV2 } from './openapi/openApiV2';
import { kubeTime } from './model/KubeObject';
import { ApiContext } from './verbs/ApiContext';

const HOUR_MS = 60 * 60 * 1000;
const BOOKMARK_MS = 30_000;
const WATCH_HISTORY = 4096;

/**
 * Starts a small Kubernetes API server on loopback.
 *
 * @throws {InputError} when the host is not a loopback address
 * @throws {Error} when the port is taken
 */
export async function startApiServer(
  options: ApiServerOptions,
): Promise<ApiServer> {
  const now = options.now ?? Date.now;
  const host = options.host ?? '127.0.0.1';
  const store = new ObjectStore({
    database: new ObjectDatabase({ dataDir: options.dataDir }),
    now,
    historyLimit: options.watchHistory ?? WATCH_HISTORY,
  });
  const registry = new ResourceRegistry({
    types: [
      ...CORE_RESOURCES,
      ...GROUP_RESOURCES,
      CRD_RESOURCE,
      ...METRICS_RESOURCES,
      ...REVIEW_RESOURCES,
      ...CUSTOM_RESOURCES,
    ],
  });
  const context: ApiContext = { store, registry, strategyOf, now };
  const kubelets = new KubeletClient({ store, token: options.kubeletToken });
  const proxy = new ObjectProxy({ store });
  const forwarder = new PortForwarder({ store });
  const proxied: SubresourceHandler = ({ request, response, segments }) =>
    proxy.web(request, response, segments);
  const router = new ApiRouter({
    registry,
    resources: new ResourceHandler({
      context,
      watch: { bookmarkIntervalMs: options.bookmarkIntervalMs ?? BOOKMARK_MS },
    }),
    paths: [
      discovery({ registry }),
      openApi({ registry }),
      openApiV2,
      metrics({ store, kubelets, now }),
      reviews(),
      customResourceDefinitions({ registry, since: kubeTime(now()), now }),
    ],
    subresources: {
      'pods/log': podLogs({ context, kubelets }),
      'pods/proxy': proxied,
      'pods/binding': podBinding(context),
      'services/proxy': proxied,
    },
  });
  const front = new HttpsFront({
    tls: options.tls,
    authenticator: new TokenAuthenticator({ tokens: options.tokens }),
    logger: options.logger,
    route: api => router.route(api),
    upgrade: (...upgrade) => {
      if (!forwarder.upgrade(...upgrade)) {
        proxy.upgrade(...upgrade);
      }
    },
  });
  bootstrap(context);
  const expiry = new EventExpiry({
    store,
    ttlMs: options.eventTtlMs ?? HOUR_MS,
    now,
  });
  const cleaner = new NamespaceCleaner({ context });
  const port = await front.listen(host, options.port).catch(error => {
    store.close();
    throw error;
  });
  expiry.start();
  cleaner.start();
  const url = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  options.logger.info(`The ${options.name} API server listens on ${url}`);
  return {
    url,
    close: async () => {
      expiry.stop();
      cleaner.stop();
      forwarder.close();
      await front.close();
      store.close();
    },
  };
}
