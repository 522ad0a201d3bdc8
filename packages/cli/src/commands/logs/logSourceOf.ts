// A door of its own: a bundle that loads it gets nothing else of the SDK.
export { logSourceOf } from '@ml-platform/sdk';
