/**
 * Backend module of Backstage's search: finds training jobs by name, workload, owner, state
 * and message.
 *
 * @packageDocumentation
 */
export { searchModuleRay as default } from './module';
