/**
 * Builds images: contexts, builders, their logs.
 *
 * @packageDocumentation
 */
export * from './ImageBuilder';
export * from './ImageBuilders';
export * from './followBuild';
export * from './packContext';
