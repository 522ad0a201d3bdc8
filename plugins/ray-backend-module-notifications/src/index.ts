/**
 * Backend module of the Ray plugin: tells people of their jobs through Backstage's
 * notifications.
 *
 * @packageDocumentation
 */
export { rayModuleNotifications as default } from './module';
