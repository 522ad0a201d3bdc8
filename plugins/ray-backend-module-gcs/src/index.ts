/**
 * Backend module of the Ray plugin: an archive of logs in a bucket of Google
 * Cloud Storage.
 *
 * @packageDocumentation
 */
export { rayModuleGcs as default } from './module';
