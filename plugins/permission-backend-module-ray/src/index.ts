/**
 * Permission backend module: a policy with the roles viewer, engineer and admin.
 *
 * @packageDocumentation
 */
export { permissionModuleRay as default } from './module';
