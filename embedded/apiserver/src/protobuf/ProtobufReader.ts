const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/** One field on the wire: its number, and what it holds. */
export interface WireField {
  readonly number: number;
  readonly value: Buffer | bigint;
}

/** Reads the fields of a protobuf message. Throws RangeError where it is cut short. */
export class ProtobufReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  fields(): WireField[] {
    const fields: WireField[] = [];
    while (this.#at < this.#bytes.length) {
      const tag = Number(this.#varint());
      fields.push({ number: Math.floor(tag / 8), value: this.#value(tag % 8) });
    }
    return fields;
  }

  #value(wireType: number): Buffer | bigint {
    switch (wireType) {
      case VARINT:
        return this.#varint();
      case LENGTH:
        return this.#take(Number(this.#varint()));
      case FIXED64:
        return this.#take(8);
      case FIXED32:
        return this.#take(4);
      default:
        throw new RangeError(`unknown wire type ${wireType}`);
    }
  }

  #varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const [byte] = this.#take(1);
      value += BigInt(byte % 128) << shift;
      if (byte < 128) {
        return BigInt.asIntN(64, value);
      }
    }
    throw new RangeError('a number does not end');
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (length < 0 || end > this.#bytes.length) {
      throw new RangeError('the message is cut short');
    }
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}
