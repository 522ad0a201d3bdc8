/**
 * The layer that talks to Kubernetes: clusters, watches, logs, RayJobs. Knows
 * nothing of Backstage's backend.
 *
 * @packageDocumentation
 */
export * from './Logger';
export * from './cluster/ClusterConfig';
export * from './cluster/ClusterDirectory';
export * from './cluster/createClusterAccess';
export * from './cluster/kubeconfigAuth';
export * from './cluster/readRayClusters';
export * from './cluster/userCredential';
export * from './credentials/ClusterAccess';
export * from './http/KubeClient';
export * from './http/errors';
export * from './http/lines';
export * from './http/resources';
export * from './logs/LogCursor';
export * from './logs/containerState';
export * from './logs/driverLog';
export * from './logs/followPodLog';
export * from './logs/followRayJobLog';
export * from './logs/logTime';
export * from './rayjobs/PlatformClient';
export * from './rayjobs/stopRayJob';
export * from './watch/Backoff';
export * from './watch/WatchStore';
export * from './watch/Watcher';
export * from './watch/WatcherOptions';
export * from './watch/sleep';
