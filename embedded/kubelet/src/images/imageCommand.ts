import type { Container } from '@ml-platform/embedded-controller-runtime';
import type { Image } from '@ml-platform/embedded-images';

/**
 * What a container runs: its own `command` replaces the image's entrypoint and
 * command, its `args` the image's command; what runs here for a program of the
 * image takes that program's place.
 * https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
 */
export function imageCommand(
  container: Pick<Container, 'command' | 'args'>,
  image: Pick<Image, 'entrypoint' | 'command' | 'programs'>,
): readonly string[] {
  const { command = [], args = [] } = container;
  const defaults = args.length > 0 ? args : (image.command ?? []);
  const [program, ...rest] =
    command.length > 0
      ? [...command, ...args]
      : [...(image.entrypoint ?? []), ...defaults];
  if (program === undefined) {
    return [];
  }
  const here = image.programs?.[program] ?? [program];
  return [...here, ...rest];
}
