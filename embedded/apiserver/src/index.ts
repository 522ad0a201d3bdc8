export { writeKubeconfig, kubeconfigOf } from './kubeconfig';
export type { KubeconfigContext } from './kubeconfig';
export type { ApiServer, ApiServerOptions, ApiToken } from './options';
export { startApiServer } from './startApiServer';
export { createTls } from './tls';
export type { Tls } from './tls';
