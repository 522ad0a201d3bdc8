// A door of its own: the library takes its time to load, and few have a proxy.
export { useEnvironmentProxies } from '@ml-platform/sdk';
