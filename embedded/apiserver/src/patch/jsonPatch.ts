import { applyPatch, JsonPatchError, Operation } from 'fast-json-patch';
import { StatusError } from '../errors/StatusError';
import { badRequest } from '../errors/statusErrors';
import { JsonObject, JsonValue } from '../model/json';

const MAX_OPERATIONS = 10_000;

/**
 * JSON patch (RFC 6902).
 *
 * @throws {StatusError} when the patch can't be read (400), or doesn't fit
 * the object (422)
 */
export function jsonPatch(target: JsonObject, patch: JsonValue): JsonValue {
  if (!Array.isArray(patch)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch',
    );
  }
  if (patch.length > MAX_OPERATIONS) {
    throw badRequest(
      `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${patch.length}`,
    );
  }
  try {
    return applyPatch(
      structuredClone(target),
      structuredClone(patch) as unknown as Operation[],
      true,
      true,
      true,
    ).newDocument;
  } catch (error) {
    if (error instanceof JsonPatchError) {
      throw new StatusError({
        code: 422,
        reason: 'Invalid',
        message: `the server rejected our request due to an error in our request: ${firstLine(error.message)}`,
        details: {},
      });
    }
    throw error;
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0];
}
