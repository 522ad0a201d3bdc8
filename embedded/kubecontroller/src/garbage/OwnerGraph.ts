import type { DiscoveredKind } from './discoverKinds';
import type { KubeObject } from '@ml-platform/embedded-controller-runtime';

/** What the collector knows of an object: its metadata alone. */
export interface Node {
  readonly kind: DiscoveredKind;
  readonly object: KubeObject;
}

/** Which objects there are, and which of them others own, by uid. */
export class OwnerGraph {
  readonly #nodes = new Map<string, Node>();
  readonly #dependents = new Map<string, Set<string>>();

  get(uid: string): Node | undefined {
    return this.#nodes.get(uid);
  }

  set(node: Node): void {
    const { uid } = node.object.metadata;
    this.#unlink(uid);
    this.#nodes.set(uid, node);
    for (const owner of node.object.metadata.ownerReferences ?? []) {
      const dependents = this.#dependents.get(owner.uid) ?? new Set();
      this.#dependents.set(owner.uid, dependents.add(uid));
    }
  }

  delete(uid: string): void {
    this.#unlink(uid);
    this.#nodes.delete(uid);
  }

  /** The objects that name this one as an owner. */
  dependents(uid: string): Node[] {
    return [...(this.#dependents.get(uid) ?? [])].flatMap(
      dependent => this.#nodes.get(dependent) ?? [],
    );
  }

  #unlink(uid: string): void {
    const old = this.#nodes.get(uid);
    for (const owner of old?.object.metadata.ownerReferences ?? []) {
      const dependents = this.#dependents.get(owner.uid);
      dependents?.delete(uid);
      if (dependents?.size === 0) {
        this.#dependents.delete(owner.uid);
      }
    }
  }
}
