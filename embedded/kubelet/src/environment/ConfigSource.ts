import {
  type KubeApi,
  kinds,
  type ConfigMap,
  type Secret,
} from '@ml-platform/embedded-controller-runtime';
import { ContainerConfigError } from './ContainerConfigError';

/** The entries of a ConfigMap or a Secret. */
export type Entries = ReadonlyMap<string, Buffer>;

/** Reads ConfigMaps and Secrets, always as they are now. */
export class ConfigSource {
  readonly #api: KubeApi;

  constructor(options: { readonly api: KubeApi }) {
    this.#api = options.api;
  }

  /** @throws {ContainerConfigError} when it is missing and not optional */
  async configMap(
    namespace: string,
    name: string,
    optional = false,
  ): Promise<Entries> {
    const found = await this.#api.find<ConfigMap>(kinds.configMaps, {
      namespace,
      name,
    });
    if (!found && !optional) {
      throw new ContainerConfigError(`configmap "${name}" not found`);
    }
    return new Map([
      ...decode(found?.data, 'utf8'),
      ...decode(found?.binaryData, 'base64'),
    ]);
  }

  /** @throws {ContainerConfigError} when it is missing and not optional */
  async secret(
    namespace: string,
    name: string,
    optional = false,
  ): Promise<Entries> {
    const found = await this.#api.find<Secret>(kinds.secrets, {
      namespace,
      name,
    });
    if (!found && !optional) {
      throw new ContainerConfigError(`secret "${name}" not found`);
    }
    return new Map(decode(found?.data, 'base64'));
  }
}

function decode(
  data: Readonly<Record<string, string>> | undefined,
  encoding: 'utf8' | 'base64',
): [string, Buffer][] {
  return Object.entries(data ?? {}).map(([key, value]) => [
    key,
    Buffer.from(value, encoding),
  ]);
}
