export { startSyncLoop } from './startSyncLoop';
export type { SyncLoop, SyncLoopOptions } from './startSyncLoop';
