import {
  badRequest,
  expired,
  tooLargeResourceVersion,
} from '../errors/statusErrors';
import { KubeObject } from '../model/KubeObject';
import { ResourceType } from '../model/ResourceType';
import { FieldSelector, parseFieldSelector } from '../selectors/fieldSelector';
import { LabelSelector, parseLabelSelector } from '../selectors/labelSelector';
import { StoredObject } from '../store/StoredObject';
import { ApiContext, Target } from './ApiContext';

/** A page of a list. */
export interface ObjectPage {
  readonly metadata: {
    readonly resourceVersion: string;
    readonly continue?: string;
    readonly remainingItemCount?: number;
  };
  readonly items: readonly StoredObject[];
}

export interface Selection {
  readonly labels: LabelSelector;
  readonly fields: FieldSelector;
}

interface ContinueToken {
  readonly version: number;
  readonly after: string;
}

/** @throws {StatusError} when a selector can't be read */
export function parseSelection(
  type: ResourceType,
  query: URLSearchParams,
): Selection {
  return {
    labels: parseLabelSelector(query.get('labelSelector') ?? undefined),
    fields: parseFieldSelector(query.get('fieldSelector') ?? undefined, type),
  };
}

export function isSelected(selection: Selection, object: KubeObject): boolean {
  return (
    selection.labels(object.metadata.labels ?? {}) && selection.fields(object)
  );
}

/**
 * Lists with selectors, limit and continue. A continued list is of the same
 * version as its first page.
 *
 * @throws {StatusError} when that version is forgotten
 */
export function listObjects(
  { store }: ApiContext,
  { type, namespace }: Target,
  query: URLSearchParams,
): ObjectPage {
  const selection = parseSelection(type, query);
  const limit = Number(query.get('limit') ?? 0);
  const token = parseContinue(query.get('continue'));
  const version = token?.version ?? exactVersion(query, store.version);
  const all =
    version === undefined
      ? store.list(type.storage, namespace)
      : store.listAt(type.storage, namespace, version);
  if (!all) {
    throw expired(
      token
        ? 'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.'
        : `The resourceVersion for the provided list is too old.`,
    );
  }
  const matching = all.filter(
    stored =>
      (!token || stored.key > token.after) &&
      isSelected(selection, stored.object),
  );
  const items = limit > 0 ? matching.slice(0, limit) : matching;
  const last = items.at(-1);
  const rest = matching.length - items.length;
  const resourceVersion = version ?? store.version;
  return {
    metadata: {
      resourceVersion: String(resourceVersion),
      ...(rest > 0 && last
        ? {
            continue: continueToken({
              version: resourceVersion,
              after: last.key,
            }),
            remainingItemCount: rest,
          }
        : {}),
    },
    items,
  };
}

/** The list as JSON text, put together from the text of each object. */
export function listText(type: ResourceType, page: ObjectPage): string {
  const apiVersion = JSON.stringify(
    type.group ? `${type.group}/${type.version}` : type.version,
  );
  const items = page.items.map(({ json }) => json);
  return `{"kind":"${type.kind}List","apiVersion":${apiVersion},"metadata":${JSON.stringify(page.metadata)},"items":[${items.join(',')}]}`;
}

function exactVersion(
  query: URLSearchParams,
  current: number,
): number | undefined {
  const given = query.get('resourceVersion');
  const match = query.get('resourceVersionMatch');
  if (match && !given) {
    throw badRequest(
      'resourceVersionMatch is forbidden unless resourceVersion is provided',
    );
  }
  const wanted = parseVersion(given);
  if (wanted > current) {
    throw tooLargeResourceVersion(wanted, current);
  }
  return match === 'Exact' ? wanted : undefined;
}

/**
 * A resourceVersion as a number; 0 where there is none.
 *
 * @throws {StatusError} when it is no number
 */
export function parseVersion(given: string | null): number {
  if (!given) {
    return 0;
  }
  if (!/^\d+$/.test(given)) {
    throw badRequest(
      `resourceVersion: Invalid value: "${given}": strconv.ParseUint: parsing "${given}": invalid syntax`,
    );
  }
  return Number(given);
}

function continueToken(token: ContinueToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function parseContinue(text: string | null): ContinueToken | undefined {
  if (!text) {
    return undefined;
  }
  try {
    const { version, after } = JSON.parse(
      Buffer.from(text, 'base64url').toString(),
    );
    if (typeof version === 'number' && typeof after === 'string') {
      return { version, after };
    }
  } catch {
    // Answered below: whatever it is, we did not make it.
  }
  throw badRequest('continue key is not valid: incorrectly encoded');
}
