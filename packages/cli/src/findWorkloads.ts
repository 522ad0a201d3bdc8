// A door of its own: a bundle that loads it gets nothing else of the SDK.
export { findWorkloads } from '@ml-platform/sdk';
