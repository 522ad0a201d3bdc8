// A door of its own: a bundle that loads it gets nothing else of the SDK.
export { openImages } from '@ml-platform/sdk';
