import { ResourceType } from '../model/ResourceType';
import { Strategy } from './Strategy';
import { namespaceStrategy } from './namespaceStrategy';

const STRATEGIES: Readonly<Record<string, Strategy>> = {
  namespaces: namespaceStrategy,
};

const PLAIN: Strategy = {};

/** What is special about writing objects of the type. */
export function strategyOf(type: ResourceType): Strategy {
  return STRATEGIES[type.storage] ?? PLAIN;
}
