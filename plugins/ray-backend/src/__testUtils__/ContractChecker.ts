import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { createParser, type EventSourceMessage } from 'eventsource-parser';

interface MediaType {
  readonly schema?: object;
  readonly 'x-events'?: Readonly<Record<string, object>>;
}

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, MediaType>> }>
  >;
}

/** An OpenAPI document, as far as answers are held to it. */
export interface ContractDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Fields that the document doesn't name are for later versions, not for this one. */
function withoutOtherFields(part: unknown): unknown {
  if (Array.isArray(part)) {
    return part.map(withoutOtherFields);
  }
  if (!isObject(part)) {
    return part;
  }
  const copy = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      withoutOtherFields(value),
    ]),
  );
  return part.type === 'object' && isObject(part.properties)
    ? { additionalProperties: false, ...copy }
    : copy;
}

function eventsOf(text: string): EventSourceMessage[] {
  const events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: event => events.push(event) });
  parser.feed(text);
  return events;
}

/** Holds answers to an OpenAPI document: their status, type and every field. */
export class ContractChecker {
  /** Statuses that were seen, by operation. */
  readonly seen = new Map<string, Set<number>>();
  readonly #operations: ReadonlyMap<string, Operation>;
  readonly #ajv = new Ajv2020({ allErrors: true, strict: false });

  constructor(document: ContractDocument) {
    addFormats(this.#ajv);
    const strict = withoutOtherFields(document);
    this.#ajv.addSchema({ $id: 'api', ...(isObject(strict) ? strict : {}) });
    this.#operations = new Map(
      Object.values(document.paths)
        .flatMap(methods => Object.values(methods))
        .map(operation => [operation.operationId, operation]),
    );
  }

  /** @throws {Error} when the answer is not what the document says of it */
  check(
    operationId: string,
    answer: {
      readonly status: number;
      readonly type: string | null;
      readonly text: string;
    },
  ): void {
    const { status, text } = answer;
    const type = answer.type?.split(';')[0] ?? '';
    const response = this.#operations.get(operationId)?.responses[status];
    const media = response?.content?.[type];
    if (!media?.schema) {
      throw new Error(
        `${operationId} answers ${status} with ${type}, which is not in the document: ${text}`,
      );
    }
    const seen = this.seen.get(operationId) ?? new Set<number>();
    this.seen.set(operationId, seen.add(status));
    const events = media['x-events'];
    if (events) {
      for (const { event = '', data } of eventsOf(text)) {
        this.#validate(
          `event ${event} of ${operationId}`,
          events[event],
          JSON.parse(data),
        );
      }
    } else {
      const body = type === 'application/json' ? JSON.parse(text) : text;
      this.#validate(`${status} of ${operationId}`, media.schema, body);
    }
  }

  #validate(what: string, schema: object | undefined, value: unknown): void {
    if (!schema) {
      throw new Error(`There is no ${what} in the document`);
    }
    const references = JSON.stringify(withoutOtherFields(schema)).replaceAll(
      '"#/',
      '"api#/',
    );
    const validate = this.#ajv.compile(JSON.parse(references));
    if (!validate(value)) {
      throw new Error(
        `${what} differs from the document: ${this.#ajv.errorsText(validate.errors)}`,
      );
    }
  }
}
