import { JsonObject } from '../model/json';

/**
 * A set of field paths as a tree, in the form of `fieldsV1`
 * (sigs.k8s.io/structured-merge-diff). A step of a path is `f:name` for a
 * field, `k:{"name":"x"}` for an item of a keyed list, `v:"x"` for a value of
 * a set. Never changed once it is made.
 */
export class FieldSet {
  static readonly EMPTY = new FieldSet(false, new Map());
  /** The set of the path that ends here. */
  static readonly LEAF = new FieldSet(true, new Map());

  readonly member: boolean;
  readonly children: ReadonlyMap<string, FieldSet>;

  private constructor(
    member: boolean,
    children: ReadonlyMap<string, FieldSet>,
  ) {
    this.member = member;
    this.children = children;
  }

  /** Drops children that hold nothing. */
  static of(
    member: boolean,
    children: Iterable<readonly [string, FieldSet]>,
  ): FieldSet {
    const kept = [...children].filter(([, child]) => !child.isEmpty);
    return kept.length === 0
      ? this.#ofMember(member)
      : new FieldSet(member, new Map(kept));
  }

  static #ofMember(member: boolean): FieldSet {
    return member ? FieldSet.LEAF : FieldSet.EMPTY;
  }

  static fromJson(json: JsonObject): FieldSet {
    const keys = Object.keys(json);
    if (keys.length === 0) {
      return FieldSet.LEAF;
    }
    return FieldSet.of(
      '.' in json,
      keys
        .filter(key => key !== '.')
        .map(key => [key, FieldSet.fromJson(json[key] as JsonObject)] as const),
    );
  }

  /** `fieldsV1` of the whole set, whose root is no member. */
  toJson(): JsonObject {
    const json: JsonObject = {};
    if (this.member && this.children.size > 0) {
      json['.'] = {};
    }
    for (const [step, child] of [...this.children].sort(byStep)) {
      json[step] = child.toJson();
    }
    return json;
  }

  get isEmpty(): boolean {
    return !this.member && this.children.size === 0;
  }

  union(other: FieldSet): FieldSet {
    const children = new Map(this.children);
    for (const [step, child] of other.children) {
      children.set(step, children.get(step)?.union(child) ?? child);
    }
    return FieldSet.of(this.member || other.member, children);
  }

  intersect(other: FieldSet): FieldSet {
    const children: [string, FieldSet][] = [];
    for (const [step, child] of this.children) {
      const theirs = other.children.get(step);
      if (theirs) {
        children.push([step, child.intersect(theirs)]);
      }
    }
    return FieldSet.of(this.member && other.member, children);
  }

  subtract(other: FieldSet): FieldSet {
    const children: [string, FieldSet][] = [];
    for (const [step, child] of this.children) {
      const theirs = other.children.get(step);
      children.push([step, theirs ? child.subtract(theirs) : child]);
    }
    return FieldSet.of(this.member && !other.member, children);
  }

  equals(other: FieldSet): boolean {
    return (
      this.member === other.member &&
      this.children.size === other.children.size &&
      [...this.children].every(
        ([step, child]) => other.children.get(step)?.equals(child) ?? false,
      )
    );
  }

  /** The paths as messages show them, for example `.spec.ports[port=80].name`. */
  paths(prefix = ''): string[] {
    return [
      ...(this.member ? [prefix] : []),
      ...[...this.children]
        .sort(byStep)
        .flatMap(([step, child]) => child.paths(prefix + printedStep(step))),
    ];
  }
}

function byStep(a: readonly [string, unknown], b: readonly [string, unknown]) {
  return a[0] < b[0] ? -1 : 1;
}

function printedStep(step: string): string {
  const rest = step.slice(2);
  if (step.startsWith('f:')) {
    return `.${rest}`;
  }
  if (step.startsWith('k:')) {
    const keys = Object.entries(JSON.parse(rest));
    return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
  }
  return `[=${rest}]`;
}
