export type { Build } from './Build';
export { startBuilder } from './startBuilder';
export type { RunningBuilder } from './startBuilder';
