/**
 * How to talk to Kubernetes: clusters, credentials, watches, logs and ports.
 *
 * @packageDocumentation
 */
export * from './Environment';
export * from './Logger';
export * from './clusters/ClusterConfig';
export * from './clusters/ClusterLocator';
export * from './clusters/ConfigReader';
export * from './clusters/KnownCluster';
export * from './clusters/createClusterAccess';
export * from './clusters/gke/readGkeLocators';
export * from './clusters/kubeconfigAuth';
export * from './clusters/readClusterAuth';
export * from './clusters/readKnownClusters';
export * from './clusters/userCredential';
export * from './credentials/ClusterAccess';
export { GoogleToken } from './credentials/GoogleToken';
export * from './credentials/kubeConfigAccess';
export * from './credentials/proxyFor';
export * from './forward/PodPort';
export * from './forward/portForward';
export * from './http/KubeClient';
export { KubernetesError } from './http/errors';
export {
  IdleError,
  LONGEST_LOG_LINE,
  readLines,
  StreamBrokenError,
} from './http/lines';
export * from './http/resources';
export * from './kubeconfig/findKubeContext';
export * from './kubeconfig/listKubeContexts';
export * from './logs/RefusalPatience';
export * from './logs/containerState';
export * from './logs/followPodLog';
export * from './logs/podLogTypes';
export * from './logs/rotated';
export * from './watch/Backoff';
export * from './watch/WatchStore';
export * from './watch/readList';
export * from './watch/Watcher';
export * from './watch/sleep';
export * from './yaml/readConfigYaml';
