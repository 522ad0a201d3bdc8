import { ResourceType } from '../model/ResourceType';
import { jobStrategy } from './jobStrategy';
import { namespaceStrategy } from './namespaceStrategy';
import { rbacStrategy, secretStrategy } from './otherStrategies';
import { podStrategy } from './podStrategy';
import { serviceStrategy } from './serviceStrategy';
import { Strategy } from './Strategy';

const STRATEGIES: Readonly<Record<string, Strategy>> = {
  namespaces: namespaceStrategy,
  pods: podStrategy,
  secrets: secretStrategy,
  services: serviceStrategy,
  'batch/jobs': jobStrategy,
};

const PLAIN: Strategy = {};

/** What is special about writing objects of the type. */
export function strategyOf(type: ResourceType): Strategy {
  return type.group === 'rbac.authorization.k8s.io'
    ? rbacStrategy
    : (STRATEGIES[type.storage] ?? PLAIN);
}
