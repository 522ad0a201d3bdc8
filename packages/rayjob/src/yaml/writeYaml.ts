import { stringify } from 'yaml';
import { KUBERNETES_YAML } from './kubernetesTags';

/**
 * Writes YAML that every reader takes for the same: text that either generation
 * of YAML reads as something else is in quotes (`yes`, `1:30`, `012`), nothing
 * is an alias, no line is folded. Keys keep their order.
 */
export function writeYaml(value: unknown): string {
  return stringify(value, {
    ...KUBERNETES_YAML,
    compat: 'yaml-1.1',
    aliasDuplicateObjects: false,
    lineWidth: 0,
  });
}
