import { Strategy } from '../admission/Strategy';
import { ResourceRegistry } from '../model/ResourceRegistry';
import { ResourceType } from '../model/ResourceType';
import { ObjectStore } from '../store/ObjectStore';

/** What every verb works with. */
export interface ApiContext {
  readonly store: ObjectStore;
  readonly registry: ResourceRegistry;
  readonly strategyOf: (type: ResourceType) => Strategy;
  /** The current time in ms. */
  readonly now: () => number;
}

/** Which objects a request is about. */
export interface Target {
  readonly type: ResourceType;
  /** Undefined for cluster-scoped types, and for all namespaces. */
  readonly namespace: string | undefined;
}

export interface NamedTarget extends Target {
  readonly name: string;
  readonly subresource?: string;
}

/** How a write is done: the query parameters that writes have in common. */
export interface WriteOptions {
  /** Do everything but keep the result. */
  readonly dryRun: boolean;
  /** Owner of the written fields. */
  readonly manager: string;
  readonly fieldValidation: 'Ignore' | 'Warn' | 'Strict';
  readonly username: string;
  /** Takes what the answer should warn about. */
  readonly warn: (message: string) => void;
}
