export { startController, type ControllerOptions } from './startController';
