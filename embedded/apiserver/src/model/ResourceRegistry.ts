import { apiVersionOf, ResourceType } from './ResourceType';

/** What the server serves, by group, version and plural name. */
export class ResourceRegistry {
  readonly types: readonly ResourceType[];
  readonly #byPath = new Map<string, ResourceType>();

  constructor(options: { readonly types: readonly ResourceType[] }) {
    this.types = options.types;
    for (const type of options.types) {
      this.#byPath.set(`${apiVersionOf(type)}/${type.plural}`, type);
    }
  }

  find(
    group: string,
    version: string,
    plural: string,
  ): ResourceType | undefined {
    return this.#byPath.get(`${apiVersionOf({ group, version })}/${plural}`);
  }

  storages(): readonly string[] {
    return [...new Set(this.types.map(type => type.storage))];
  }

  /** Groups in the order of discovery; the core group is not among them. */
  groups(): readonly {
    readonly name: string;
    readonly versions: readonly string[];
  }[] {
    const groups = new Map<string, Set<string>>();
    for (const { group, version } of this.types) {
      if (group) {
        groups.set(group, (groups.get(group) ?? new Set()).add(version));
      }
    }
    return [...groups].map(([name, versions]) => ({
      name,
      versions: [...versions],
    }));
  }

  inVersion(group: string, version: string): readonly ResourceType[] {
    return this.types.filter(
      type => type.group === group && type.version === version,
    );
  }
}
