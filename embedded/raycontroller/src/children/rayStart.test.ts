import { rayStartCommand, rayStartParams, type RayNode } from './rayStart';

function command(node: Partial<RayNode>): string {
  const params = rayStartParams({ nodeType: 'head', ...node });
  return rayStartCommand(node.nodeType ?? 'head', params)
    .replace(/ +/g, ' ')
    .trim();
}

const rest =
  '--block --dashboard-agent-listen-port=52365 --dashboard-host=0.0.0.0';

describe('the ray start command', () => {
  it('of a worker names the head', () => {
    expect(command({ nodeType: 'worker', gcsAddress: 'head:6379' })).toBe(
      'ray start --address=head:6379 --block --dashboard-agent-listen-port=52365 --metrics-export-port=8080',
    );
  });

  it('keeps what the user set', () => {
    const params = {
      'dashboard-host': '127.0.0.1',
      'num-cpus': '0',
      block: 'false',
    };
    expect(
      command({ params, containerResources: { limits: { cpu: 4 } } }),
    ).toContain(
      '--block --dashboard-agent-listen-port=52365 --dashboard-host=127.0.0.1 --metrics-export-port=8080 --num-cpus=0',
    );
  });

  it('takes CPU from limits, or else requests, and memory from limits alone', () => {
    const requests = { cpu: '1500m', memory: '1Gi' };
    expect(command({ containerResources: { requests } })).toBe(
      `ray start --head ${rest} --metrics-export-port=8080 --num-cpus=2`,
    );
    expect(
      command({
        containerResources: { requests, limits: { cpu: '3', memory: '2Gi' } },
      }),
    ).toBe(
      `ray start --head ${rest} --memory=2147483648 --metrics-export-port=8080 --num-cpus=3`,
    );
  });

  it('counts GPUs and names other accelerators as Ray does', () => {
    expect(
      command({ containerResources: { limits: { 'nvidia.com/gpu': 2 } } }),
    ).toContain('--num-gpus=2');
    expect(
      command({ containerResources: { limits: { 'google.com/tpu': 4 } } }),
    ).toContain(`--resources='{"TPU":4}'`);
    expect(
      command({
        params: { resources: `'{"Custom": 1}'` },
        containerResources: { limits: { 'google.com/tpu': 4 } },
      }),
    ).toContain(`--resources='{"Custom":1,"TPU":4}'`);
  });

  it('takes resources and labels of the group', () => {
    const flags = command({
      groupResources: {
        CPU: '2',
        memory: '1Gi',
        'nvidia.com/gpu': '1',
        special: '0.5',
      },
      groupLabels: { zone: 'b', kind: 'a' },
    });
    expect(flags).toContain('--labels=kind=a,zone=b --memory=1073741824');
    expect(flags).toContain(
      `--num-cpus=2 --num-gpus=1 --resources='{"special":0.5}'`,
    );
  });

  it('writes switches without a value, and leaves out those that are off', () => {
    const flags = command({
      params: {
        'include-dashboard': 'false',
        'no-monitor': 'true',
        verbose: 'False',
      },
    });
    expect(flags).toContain('--include-dashboard=false');
    expect(flags).toContain('--no-monitor');
    expect(flags).not.toContain('--no-monitor=');
    expect(flags).not.toContain('verbose');
  });
});
