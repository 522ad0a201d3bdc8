/**
 * Scaffolder actions for training jobs: find a workload, build its image,
 * render its run, ask for it by a pull request.
 *
 * @packageDocumentation
 */
export { rayScaffolderModule as default } from './module';
