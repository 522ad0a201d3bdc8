import { parseOptions } from './options';

const parse = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  parseOptions(args, env, '/checkout');

describe('parseOptions', () => {
  it('is embedded in all parts unless told otherwise', () => {
    expect(parse([])).toEqual({
      port: 7007,
      python: 'python3',
      dev: false,
      stateDir: '/checkout/.local',
      rayController: false,
      argocd: false,
      jobContexts: [],
      registry: undefined,
      kubeconfig: undefined,
      github: undefined,
    });
  });

  it('never takes the kubeconfig of the environment', () => {
    expect(
      parse([], { KUBECONFIG: '/home/me/.kube/config' }).kubeconfig,
    ).toBeUndefined();
  });

  it('takes real engines, with paths from the checkout', () => {
    expect(
      parse(
        [
          '--kubeconfig',
          'clusters.yaml',
          '--context',
          'gpu-eu',
          '--context',
          'gpu-us',
          '--ray-controller',
          '--argocd',
          '--registry',
          'localhost:5000/ml',
          '--github-url',
          'https://github.com/my-org/ml-platform',
        ],
        { GITHUB_TOKEN: 'secret' },
      ),
    ).toMatchObject({
      kubeconfig: '/checkout/clusters.yaml',
      jobContexts: ['gpu-eu', 'gpu-us'],
      rayController: true,
      argocd: true,
      registry: 'localhost:5000/ml',
      github: {
        url: new URL('https://github.com/my-org/ml-platform'),
        token: 'secret',
      },
    });
  });

  it.each<[string[], NodeJS.ProcessEnv, RegExp]>([
    [[], { NODE_ENV: 'production' }, /refuses to run with NODE_ENV=production/],
    [['--port', '80'], {}, /--port 80 can't be used/],
    [['--registry', 'https://x'], {}, /is not a registry/],
    [['--ray-controller'], {}, /needs --kubeconfig/],
    [['--argocd'], {}, /needs --kubeconfig, with a context management/],
    [['--context', 'gpu-eu'], {}, /--kubeconfig names: give both/],
    ...['../x', 'GPU', 'workload', 'deployer-x', 'a@b'].map(
      (name): [string[], NodeJS.ProcessEnv, RegExp] => [
        ['--kubeconfig', 'f', '--context', name],
        {},
        /can't be the name of a cluster: use lowercase letters/,
      ],
    ),
    [['--github-url', 'https://github.com/my-org'], {}, /is not a repository/],
    [['--github-url', 'file:///my/repo'], {}, /is not a repository/],
    [
      ['--github-url', 'http://github.example.com/a/b'],
      {},
      /is not a repository/,
    ],
    [
      ['--github-url', 'https://me:pw@github.com/a/b'],
      {},
      /is not a repository/,
    ],
    [['--github-url', 'https://github.com/a/b?c=d'], {}, /is not a repository/],
    [['--github-url', 'https://github.com/a/b'], {}, /set GITHUB_TOKEN/],
  ])('refuses %j with %j', (args, env, reason) => {
    expect(() => parse(args, env)).toThrow(reason);
  });
});
