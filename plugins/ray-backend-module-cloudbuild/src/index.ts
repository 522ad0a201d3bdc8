/**
 * Backend module of the Ray plugin: builds images with Google Cloud Build.
 *
 * @packageDocumentation
 */
export { rayModuleCloudBuild as default } from './module';
