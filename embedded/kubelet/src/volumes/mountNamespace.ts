import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { VolumeError } from './VolumeError';

const run = promisify(execFile);

/** Runs a command in a mount namespace of its own; `unshare …`. */
export type NamespaceCommand = readonly string[];

/**
 * How this user makes a mount namespace on this machine.
 *
 * @throws {VolumeError} when it can't, with the reason
 */
export async function mountNamespaceCommand(): Promise<NamespaceCommand> {
  if (process.platform !== 'linux') {
    throw new VolumeError(
      `Volumes at absolute paths need Linux mount namespaces, which ${process.platform} does not have; put the files into the image`,
    );
  }
  const command =
    process.getuid?.() === 0
      ? ['unshare', '--mount']
      : ['unshare', '--user', '--map-root-user', '--mount'];
  try {
    const probe = 'mount --make-rprivate / && mount -t tmpfs tmpfs /mnt';
    await run(command[0], [...command.slice(1), 'sh', '-c', probe], {
      timeout: 10_000,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim() : error;
    throw new VolumeError(
      `Volumes at absolute paths need a mount namespace, which this user cannot make here: ${reason}`,
    );
  }
  return command;
}
