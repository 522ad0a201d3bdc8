export type { Build } from './Build';
export { startBuilder } from './startBuilder';
export type { BuilderKind, RunningBuilder } from './startBuilder';
