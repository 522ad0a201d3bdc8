import { JsonObject, JsonValue } from '../model/json';
import { FieldKind, MESSAGES } from './messages';
import { ProtobufReader } from './ProtobufReader';

/** Kubernetes puts this before the message (apimachinery, serializer/protobuf). */
const MAGIC = Buffer.from('k8s\0', 'latin1');

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

/**
 * An object from Kubernetes' protobuf form, or undefined where it is of a kind
 * that we have no field numbers of. Throws RangeError where it is no message.
 */
export function decodeProtobuf(body: Buffer): JsonObject | undefined {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new RangeError('the body does not begin as Kubernetes begins it');
  }
  let apiVersion = '';
  let kind = '';
  let raw = Buffer.alloc(0);
  // runtime.Unknown: 1 is the type, 2 the object itself.
  for (const { number, value } of fieldsOf(body.subarray(MAGIC.length))) {
    if (number === 1 && typeof value !== 'bigint') {
      for (const inner of fieldsOf(value)) {
        apiVersion = inner.number === 1 ? String(inner.value) : apiVersion;
        kind = inner.number === 2 ? String(inner.value) : kind;
      }
    } else if (number === 2 && typeof value !== 'bigint') {
      raw = Buffer.from(value);
    }
  }
  return Object.hasOwn(MESSAGES, kind)
    ? { apiVersion, kind, ...decodeMessage(raw, kind) }
    : undefined;
}

function fieldsOf(bytes: Buffer) {
  return new ProtobufReader(bytes).fields();
}

function decodeMessage(bytes: Buffer, name: string): JsonObject {
  const object: JsonObject = {};
  for (const { number, value } of fieldsOf(bytes)) {
    const [field, kind] = MESSAGES[name][number] ?? [];
    if (field && kind) {
      const decoded = decodeField(value, kind, object[field]);
      // Go writes empty strings too; they mean that there is nothing.
      if (decoded !== '') {
        object[field] = decoded;
      }
    }
  }
  return object;
}

function decodeField(
  value: Buffer | bigint,
  kind: FieldKind,
  before: JsonValue | undefined,
): JsonValue {
  if (typeof value === 'bigint') {
    return kind === 'bool' ? value !== 0n : Number(value);
  }
  if (kind === 'map' || kind === 'bytesMap') {
    return {
      ...(before as JsonObject | undefined),
      ...decodeEntry(value, kind === 'map' ? 'utf8' : 'base64'),
    };
  }
  if (typeof kind === 'object' && 'list' in kind) {
    const item =
      kind.list === 'string'
        ? value.toString('utf8')
        : decodeMessage(value, kind.list.message);
    return [...((before as JsonValue[] | undefined) ?? []), item];
  }
  return typeof kind === 'object'
    ? decodeMessage(value, kind.message)
    : value.toString('utf8');
}

function decodeEntry(bytes: Buffer, encoding: BufferEncoding): JsonObject {
  let key = '';
  let text = '';
  for (const { number, value } of fieldsOf(bytes)) {
    if (typeof value !== 'bigint') {
      key = number === 1 ? value.toString('utf8') : key;
      text = number === 2 ? value.toString(encoding) : text;
    }
  }
  return { [key]: text };
}
