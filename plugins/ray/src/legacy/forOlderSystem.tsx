import { compatWrapper } from '@backstage/core-compat-api';
import type { ComponentType } from 'react';

/**
 * A component that also renders in an app on the older frontend system. Routes and other
 * services that only the newer system has reach it through the older ones.
 */
export function forOlderSystem<Props extends object>(
  Component: ComponentType<Props>,
): (props: Props) => JSX.Element {
  return props => compatWrapper(<Component {...props} />);
}
