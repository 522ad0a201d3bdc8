/**
 * Catalog module: the platform's clusters, and the Ray clusters that outlive
 * single jobs, as Resources.
 *
 * @packageDocumentation
 */
export { catalogModuleRay as default } from './module';
