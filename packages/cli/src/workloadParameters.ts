// A door of its own: a bundle that loads it gets the checks of parameters with it.
export { findWorkloadParameters } from '@ml-platform/sdk';
