import { posix } from 'node:path';
import { InputError, isError } from '@backstage/errors';
import {
  DEFAULT_ENTRYPOINT,
  ENTITY_ANNOTATION_ENTRYPOINT,
  ENTITY_ANNOTATION_WORKLOAD,
  ENTITY_TYPE_WORKLOAD,
  readStorageAnnotations,
  readYamlDocuments,
  type EntityStorage,
} from '@ml-platform/rayjob';

/** Something to train, as its catalog file describes it. */
export interface Workload {
  /** Its name, which is that of its image, too. */
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  /** Entity reference, for example `group:default/ml-platform`. */
  readonly owner?: string;
  /** Command of a run that names none. */
  readonly entrypoint: string;
  /** The bucket that its runs use, and whose account they are. */
  readonly storage?: EntityStorage;
  /** Folder with its Dockerfile and its code. */
  readonly folder: string;
}

/** Name of the file that makes a folder a workload. */
export const CATALOG_FILE = 'catalog-info.yaml';

type Section = Readonly<Record<string, unknown>>;

const section = (value: unknown): Section =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value ? value : undefined;

function readComponent(entity: Section, folder: string): Workload | undefined {
  const metadata = section(entity.metadata);
  const spec = section(entity.spec);
  const annotations = section(metadata.annotations);
  const name =
    textOf(annotations[ENTITY_ANNOTATION_WORKLOAD]) ?? textOf(metadata.name);
  if (
    entity.kind !== 'Component' ||
    spec.type !== ENTITY_TYPE_WORKLOAD ||
    name === undefined
  ) {
    return undefined;
  }
  const title = textOf(metadata.title);
  const description = textOf(metadata.description);
  const owner = textOf(spec.owner);
  const storage = readStorageAnnotations(annotations);
  return {
    name,
    ...(title ? { title } : {}),
    ...(description ? { description } : {}),
    ...(owner ? { owner } : {}),
    ...(storage ? { storage } : {}),
    entrypoint:
      textOf(annotations[ENTITY_ANNOTATION_ENTRYPOINT]) ?? DEFAULT_ENTRYPOINT,
    folder,
  };
}

/**
 * The workload that a catalog file describes; `undefined` where it describes others.
 * @throws {InputError} that names the file, when it isn't YAML
 */
export function readWorkload(
  text: string,
  folder: string,
): Workload | undefined {
  try {
    return readYamlDocuments(text)
      .map(document => readComponent(section(document), folder))
      .find(Boolean);
  } catch (error) {
    throw new InputError(
      `${posix.join(folder, CATALOG_FILE)}: ${isError(error) ? error.message : error}`,
    );
  }
}
