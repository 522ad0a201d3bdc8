import type { Container } from '../../kubeapi/podObjects';
import type { Image } from '../../platformTypes';

/**
 * What a container runs: its own `command` replaces the image's entrypoint and
 * command, its `args` the image's command.
 * https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
 */
export function imageCommand(
  container: Pick<Container, 'command' | 'args'>,
  image: Pick<Image, 'entrypoint' | 'command'>,
): readonly string[] {
  const { command = [], args = [] } = container;
  if (command.length > 0) {
    return [...command, ...args];
  }
  const defaults = args.length > 0 ? args : (image.command ?? []);
  return [...(image.entrypoint ?? []), ...defaults];
}
