import { asObject, asString, JsonObject } from '../model/json';
import { KUBERNETES_MESSAGES } from './messages';

/** Kubernetes puts this before the message (apimachinery, serializer/protobuf). */
const MAGIC = Buffer.from('k8s\0', 'latin1');

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

/**
 * An object from Kubernetes' protobuf form, or undefined where it is of a kind
 * that we have no field numbers of.
 *
 * @throws {Error} when the body is no such message
 */
export function decodeProtobuf(body: Buffer): JsonObject | undefined {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new RangeError('the body does not begin as Kubernetes begins it');
  }
  const { typeMeta, raw } = decode('Unknown', body.subarray(MAGIC.length));
  const { apiVersion, kind } = asObject(typeMeta) ?? {};
  const name = asString(kind) ?? '';
  if (!KUBERNETES_MESSAGES.get(name)) {
    return undefined;
  }
  const bytes = Buffer.from(asString(raw) ?? '', 'base64');
  return { apiVersion, kind, ...withoutEmpty(decode(name, bytes)) };
}

function decode(name: string, bytes: Buffer): JsonObject {
  const type = KUBERNETES_MESSAGES.lookupType(name);
  return type.toObject(type.decode(bytes), { bytes: String, longs: Number });
}

/** Go writes empty strings too; they mean that there is nothing. */
function withoutEmpty(message: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(message)
      .filter(([, value]) => value !== '')
      .map(([field, value]) => {
        const inner = field === 'metadata' || field === 'spec';
        const object = inner ? asObject(value) : undefined;
        return [field, object ? withoutEmpty(object) : value];
      }),
  );
}
