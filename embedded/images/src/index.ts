export { baseImage } from './baseImages';
export type { BaseImage } from './BaseImage';
export type {
  Environment,
  EnvironmentEvent,
  EnvironmentRecipe,
} from './environment';
export { explainFailure } from './explainFailure';
export { FileImageStore } from './FileImageStore';
export type { Image, ImageStore } from './ImageStore';
export type { NewImage } from './FileImageStore';
export { parseImageReference } from './imageReference';
export { PublishedImages, type PublishedImage } from './PublishedImages';
export { PythonEnvironments } from './PythonEnvironments';
