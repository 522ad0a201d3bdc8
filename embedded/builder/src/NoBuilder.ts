import { InputError } from '@backstage/errors';
import type { ImageBuilder } from './ImageBuilder';

/** Says what is missing where images can't be made for the cluster. */
export class NoBuilder implements ImageBuilder {
  async publishedDigest(): Promise<undefined> {
    return undefined;
  }

  async build(): Promise<void> {
    throw new InputError(
      'A real cluster pulls images from a registry: sign in to one and start with --registry, for example npm start -- --kubeconfig PATH --registry localhost:5000/ml-platform',
    );
  }
}
