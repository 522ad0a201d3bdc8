// A door of its own: a bundle that loads it gets the checks of parameters with it.
export { orderJob } from '@ml-platform/sdk';
