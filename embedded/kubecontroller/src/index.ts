export { startKubeControllers } from './startKubeControllers';
export type { KubeControllersOptions } from './startKubeControllers';
