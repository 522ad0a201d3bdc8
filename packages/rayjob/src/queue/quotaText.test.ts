import { exceedsQuota, quotaText } from './quotaText';

const GPU =
  "couldn't assign flavors to pod set workers: insufficient unused quota for nvidia.com/gpu in flavor a100, 8 more needed";

describe('quotaText', () => {
  it.each<[string, string]>([
    [GPU, 'waits for 8 more nvidia.com/gpu (flavor a100)'],
    [
      "couldn't assign flavors to pod set head: insufficient unused quota for cpu in flavor default, 3500m more needed, insufficient unused quota for memory in flavor default, 4Gi more needed",
      'waits for 3500m more cpu and 4Gi more memory (flavor default)',
    ],
    [
      "couldn't assign flavors to pod set workers: insufficient unused quota for nvidia.com/gpu in flavor a100, 8 more needed, insufficient unused quota for nvidia.com/gpu in flavor h100, 2 more needed",
      'waits for 8 more nvidia.com/gpu (flavor a100), 2 more nvidia.com/gpu (flavor h100)',
    ],
    [
      "couldn't assign flavors to pod set head: insufficient unused quota for cpu in flavor default, 1 more needed; couldn't assign flavors to pod set workers: insufficient unused quota for cpu in flavor default, 5 more needed",
      'waits for 5 more cpu (flavor default)',
    ],
    [
      `${GPU}. Pending the preemption of 2 workload(s)`,
      'waits for 8 more nvidia.com/gpu (flavor a100); 2 running jobs give way for it',
    ],
    [
      "couldn't assign flavors to pod set workers: insufficient quota for nvidia.com/gpu in flavor a100, previously considered podsets requests (0) + current podset request (16) > maximum capacity (8)",
      'asks for 16 nvidia.com/gpu, and flavor a100 can never give more than 8: ask for less, or use another queue',
    ],
    [
      "couldn't assign flavors to pod set workers: insufficient quota for cpu in flavor default, previously considered podsets requests (1500m) + current podset request (12) > maximum capacity (10)",
      'asks for 1500m + 12 cpu, and flavor default can never give more than 10: ask for less, or use another queue',
    ],
    [
      "couldn't assign flavors to pod set workers: untolerated taint {spot true NoSchedule <nil>} in flavor spot",
      "couldn't assign flavors to pod set workers: untolerated taint {spot true NoSchedule <nil>} in flavor spot",
    ],
    [
      'Bypassed scheduling evaluation because an equivalent workload recently failed',
      'waits like one that asks for the same and did not fit just now',
    ],
    ["ClusterQueue gpu doesn't exist", "ClusterQueue gpu doesn't exist"],
  ])('%s', (message, expected) => {
    expect(quotaText(message)).toBe(expected);
  });

  it('tells what can never fit from what does not fit now', () => {
    expect(exceedsQuota(GPU)).toBe(false);
    expect(
      exceedsQuota(
        'insufficient quota for cpu in flavor default, previously considered podsets requests (0) + current podset request (12) > maximum capacity (10)',
      ),
    ).toBe(true);
  });
});
