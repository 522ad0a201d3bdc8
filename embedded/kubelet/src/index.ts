export { startKubelet } from './startKubelet';
export type { Kubelet, KubeletOptions } from './startKubelet';
