import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { WorkloadParameters } from '@ml-platform/backstage-plugin-ray-common';
import {
  checkWorkload,
  workloadName,
  workloadSource,
  type ParameterFiles,
} from '@ml-platform/backstage-plugin-ray-node';
import {
  DEFAULT_ENTRYPOINT,
  ENTITY_ANNOTATION_ENTRYPOINT,
  ENTITY_ANNOTATION_WORKLOAD,
  ENTITY_TYPE_WORKLOAD,
  readStorageAnnotations,
  type EntityStorage,
} from '@ml-platform/rayjob';

const IS_WORKLOAD = { kind: 'component', 'spec.type': ENTITY_TYPE_WORKLOAD };

/** The workloads of the catalog, as far as a caller may see them. */
export class Workloads {
  readonly #catalog: CatalogService;
  readonly #files: Pick<ParameterFiles, 'read'>;

  constructor(options: {
    readonly catalog: CatalogService;
    readonly files: Pick<ParameterFiles, 'read'>;
  }) {
    this.#catalog = options.catalog;
    this.#files = options.files;
  }

  /**
   * A workload with its parameters.
   *
   * @param workload - its name, or the reference of its entity
   * @throws {NotFoundError} when the caller sees no such workload
   * @throws {InputError} when its `parameters.schema.json` is wrong
   */
  async read(
    workload: string,
    caller: BackstageCredentials,
  ): Promise<WorkloadParameters> {
    const entity = await this.#find(workload, caller);
    if (!entity) {
      throw new NotFoundError(
        `The catalog has no workload ${workload}, or you aren't allowed to see it; choose another one`,
      );
    }
    checkWorkload(entity);
    const sourceUrl = workloadSource(entity);
    return {
      entityRef: stringifyEntityRef(entity),
      workload: workloadName(entity),
      entrypoint:
        entity.metadata.annotations?.[ENTITY_ANNOTATION_ENTRYPOINT] ??
        DEFAULT_ENTRYPOINT,
      sourceUrl,
      parameters: await this.#files.read(sourceUrl),
    };
  }

  /**
   * The storage that runs of a workload use, if it has one.
   * @throws {InputError} when the annotations of its entity are wrong
   */
  async storageOf(
    workload: string,
    caller: BackstageCredentials,
  ): Promise<EntityStorage | undefined> {
    const entity = await this.#find(workload, caller);
    return readStorageAnnotations(entity?.metadata.annotations ?? {});
  }

  async #find(
    workload: string,
    credentials: BackstageCredentials,
  ): Promise<Entity | undefined> {
    if (/[:/]/.test(workload)) {
      const ref = parseEntityRef(workload, { defaultKind: 'component' });
      return this.#catalog.getEntityByRef(ref, { credentials });
    }
    const { items } = await this.#catalog.getEntities(
      {
        filter: [
          {
            ...IS_WORKLOAD,
            [`metadata.annotations.${ENTITY_ANNOTATION_WORKLOAD}`]: workload,
          },
          { ...IS_WORKLOAD, 'metadata.name': workload },
        ],
      },
      { credentials },
    );
    return items.find(entity => workloadName(entity) === workload);
  }
}
