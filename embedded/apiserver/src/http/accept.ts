import { notAcceptable } from '../errors/statusErrors';

/** The form that the client wants the answer in. */
export interface Accepted {
  readonly format: 'json' | 'yaml';
  /** A transformation, for example `Table` or `PartialObjectMetadataList`. */
  readonly as?: string;
}

const TRANSFORMATIONS = [
  'Table',
  'PartialObjectMetadata',
  'PartialObjectMetadataList',
];

/**
 * The first form in the header that we have.
 *
 * @throws {StatusError} when there is none
 */
export function parseAccept(header: string | undefined): Accepted {
  if (!header?.trim()) {
    return { format: 'json' };
  }
  for (const part of header.split(',')) {
    const [media, ...rest] = part.split(';').map(piece => piece.trim());
    const parameters = new Map(
      rest.map(piece => piece.split('=') as [string, string]),
    );
    const as = parameters.get('as');
    const format = formatOf(media);
    if (format && (!as || TRANSFORMATIONS.includes(as))) {
      return { format, as };
    }
  }
  throw notAcceptable(['application/json', 'application/yaml']);
}

function formatOf(media: string): 'json' | 'yaml' | undefined {
  if (['application/json', 'application/*', '*/*'].includes(media)) {
    return 'json';
  }
  return media === 'application/yaml' ? 'yaml' : undefined;
}
