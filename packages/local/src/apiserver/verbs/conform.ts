import { StatusCause } from '../errors/StatusError';
import { KubeObject } from '../model/KubeObject';
import { ResourceType } from '../model/ResourceType';
import { WriteOptions } from './ApiContext';

/** Brings a custom resource into the form of its schema: prunes, then defaults. */
export function conform(
  _type: ResourceType,
  _object: KubeObject,
  _options: WriteOptions,
): void {}

/** What the schema of a custom resource refuses. */
export function schemaProblems(
  _type: ResourceType,
  _object: KubeObject,
  _previous: KubeObject | undefined,
): StatusCause[] {
  return [];
}
