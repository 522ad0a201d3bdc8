import { jobManifest } from '../render/jobSpec';
import { estimateCost } from './jobCost';
import { DEFAULT_JOB_PRESETS, readJobPresets } from './jobPresets';
import { orderedSpec, type PresetJobSpec } from './orderedSpec';

const TAINT = { key: 'nvidia.com/gpu', operator: 'Exists' } as const;
const SECTION = {
  sizes: [
    { name: 'one', title: 'One', workers: 1, cpu: 2, memory: '4Gi' },
    { name: 'many', workers: 2, maxWorkers: 10, cpu: '8', memory: '32Gi' },
  ],
  accelerators: [
    {
      name: 'l4',
      title: 'NVIDIA L4',
      resource: 'nvidia.com/gpu',
      nodeSelector: { accelerator: 'l4' },
      tolerations: [TAINT],
      pricePerHour: 0.5,
      clusters: ['a'],
    },
    {
      name: 'l4',
      resource: 'nvidia.com/gpu',
      nodeSelector: { other: 'l4' },
      clusters: ['b'],
    },
    { name: 'tpu', resource: 'google.com/tpu' },
  ],
  spot: { nodeSelector: { spot: 'true' } },
  prices: { currency: 'EUR', cpu: 0.03, memory: 0.004, spot: 0.4 },
};
const PRESETS = readJobPresets(SECTION);
const ORDER: PresetJobSpec = { name: 'x', image: 'r/x:1' };

const cost = (
  order: Partial<PresetJobSpec>,
  presets = PRESETS,
  cluster = 'a',
) =>
  estimateCost(
    jobManifest(orderedSpec({ ...ORDER, ...order }, presets, cluster), {
      namespace: 'training',
      now: new Date(0),
    }),
    presets,
  );

describe('orderedSpec', () => {
  it('has the amounts of a size, and what the order says itself before them', () => {
    expect(
      orderedSpec({ ...ORDER, size: 'many', cpu: '4' }, PRESETS, 'a'),
    ).toMatchObject({ workers: 2, maxWorkers: 10, cpu: '4', memory: '32Gi' });
    expect(
      orderedSpec({ ...ORDER, size: 'many', workers: undefined }, PRESETS, 'a'),
    ).toMatchObject({ workers: 2 });
  });

  it('has the nodes of a kind of GPU as the cluster has them', () => {
    expect(
      orderedSpec({ ...ORDER, gpuType: 'l4', spot: true }, PRESETS, 'a'),
    ).toMatchObject({
      gpu: 1,
      accelerator: 'nvidia.com/gpu',
      placement: {
        nodeSelector: { accelerator: 'l4', spot: 'true' },
        tolerations: [TAINT],
      },
    });
    expect(
      orderedSpec({ ...ORDER, gpuType: 'l4', gpu: 2 }, PRESETS, 'b'),
    ).toMatchObject({ gpu: 2, placement: { nodeSelector: { other: 'l4' } } });
  });

  it.each([
    [{ size: 'huge' }, 'There is no size huge; use one, many'],
    [{ gpuType: 'h100' }, 'a has no GPU type h100; use l4, tpu'],
  ])('refuses %j with what there is', (order, message) => {
    expect(() => orderedSpec({ ...ORDER, ...order }, PRESETS, 'a')).toThrow(
      message,
    );
  });

  it('knows no spot nodes without configuration', () => {
    expect(() =>
      orderedSpec({ ...ORDER, spot: true }, DEFAULT_JOB_PRESETS, 'a'),
    ).toThrow('No spot nodes are configured');
  });
});

describe('estimateCost', () => {
  it('adds up head and workers', () => {
    // Head 1 CPU and 2 GiB, worker 2 CPU and 4 GiB.
    expect(cost({ size: 'one' })).toEqual({
      text: 'about 0.11 EUR per hour, at most 2.74 EUR until its deadline',
      cost: {
        currency: 'EUR',
        perHour: expect.closeTo(3 * 0.03 + 6 * 0.004),
        mostPerHour: expect.closeTo(3 * 0.03 + 6 * 0.004),
        most: expect.closeTo(24 * (3 * 0.03 + 6 * 0.004)),
      },
    });
  });

  it('says what all workers cost, and the whole time that it may take', () => {
    expect(cost({ size: 'many', deadlineSeconds: 7200 }).text).toBe(
      'about 0.83 EUR per hour, up to 3.77 EUR with all workers, at most 7.54 EUR until its deadline',
    );
  });

  it('counts all attempts, each of which has the whole time', () => {
    const order = { size: 'many', deadlineSeconds: 7200, retries: 2 };
    const once = cost({ ...order, retries: 0 }).cost?.most ?? NaN;
    expect(cost(order).cost?.most).toBeCloseTo(3 * once);
    expect(cost(order).text).toMatch(
      /, at most 22\.63 EUR for 3 attempts until their deadlines$/,
    );
  });

  it('adds GPUs by their kind, and takes less on spot nodes', () => {
    const worker = 2 * 0.03 + 4 * 0.004 + 0.5;
    const head = 0.03 + 2 * 0.004;
    expect(cost({ size: 'one', gpuType: 'l4' }).cost?.perHour).toBeCloseTo(
      head + worker,
    );
    expect(
      cost({ size: 'one', gpuType: 'l4', spot: true }).cost?.perHour,
    ).toBeCloseTo(head + worker * 0.4);
  });

  it('says when there is no price', () => {
    expect(cost({}, DEFAULT_JOB_PRESETS)).toEqual({
      text: 'no prices configured',
    });
    expect(cost({ gpuType: 'tpu' })).toEqual({
      text: 'no price configured for google.com/tpu',
    });
  });
});

describe('readJobPresets', () => {
  it('has sizes without configuration', () => {
    expect(readJobPresets(undefined)).toBe(DEFAULT_JOB_PRESETS);
    expect(readJobPresets({}).sizes).toBe(DEFAULT_JOB_PRESETS.sizes);
  });

  it.each([
    [[], 'ray.jobs has to be an object'],
    [{ size: [] }, 'ray.jobs.size is not known; use sizes'],
    [{ sizes: [{ name: 'a b' }] }, 'ray.jobs.sizes[0].name has to be a name'],
    [{ sizes: [{ name: 'a' }] }, 'ray.jobs.sizes[0].workers is missing'],
    [
      { sizes: [{ name: 'a', workers: 1, cpu: 'x', memory: '1Gi' }] },
      'ray.jobs.sizes[0].cpu has to be a quantity',
    ],
    [
      { sizes: [SECTION.sizes[0], SECTION.sizes[0]] },
      'ray.jobs.sizes has one twice',
    ],
    [
      { accelerators: [SECTION.accelerators[0], SECTION.accelerators[0]] },
      'ray.jobs.accelerators has l4 twice',
    ],
    [
      {
        accelerators: [
          { name: 'a', resource: 'b/c', tolerations: [{ effect: 'No' }] },
        ],
      },
      'tolerations[0].effect has to be NoSchedule or PreferNoSchedule or NoExecute',
    ],
    [{ prices: { cpu: 1, memory: 1 } }, 'ray.jobs.prices.currency is missing'],
    [
      { prices: { currency: 'EUR', cpu: -1, memory: 1 } },
      'ray.jobs.prices.cpu has to be a number of zero or more',
    ],
  ])('refuses %j', (section, message) => {
    expect(() => readJobPresets(section)).toThrow(message);
  });
});
