import { createMockDirectory } from '@backstage/backend-test-utils';
import { putProgram } from '../__testUtils__/putProgram';
import { findEngine, openEngine } from './findEngine';

describe('findEngine', () => {
  const disk = createMockDirectory();
  const env = () => ({ PATH: disk.path });
  beforeEach(() => disk.clear());

  it('takes the first that answers, those without root before docker', async () => {
    await putProgram(disk.path, 'docker', 'exit 0');
    await putProgram(disk.path, 'buildah', 'exit 0');
    await putProgram(disk.path, 'podman', 'exit 125');
    const { name } = await findEngine({ env: env() });
    expect(name).toBe('buildah');
  });

  it('says what to install where there is none', async () => {
    await expect(findEngine({ env: env() })).rejects.toThrow(
      'Neither podman nor buildah nor docker is on your PATH; install one, or name a build service',
    );
  });

  it('says what those say that do not answer', async () => {
    const script = 'echo "Cannot connect to the Docker daemon" >&2; exit 1';
    await putProgram(disk.path, 'docker', script);
    await expect(findEngine({ env: env() })).rejects.toThrow(
      "docker doesn't answer: Cannot connect to the Docker daemon",
    );
    await expect(openEngine('docker', { env: env() })).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('Cannot connect to the Docker daemon'),
    });
    await expect(openEngine('podman', { env: env() })).rejects.toThrow(
      'There is no podman on your PATH',
    );
  });
});
