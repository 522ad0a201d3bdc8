import { parseJobOrder } from '@ml-platform/rayjob';
import { act, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aJob, aList } from '../__testUtils__/jobs';
import { renderRay } from '../__testUtils__/renderRay';
import { JobsTable } from './JobsTable';
import { JobListStore } from './rows/JobListStore';

const ORDER = parseJobOrder('-createdAt');
const NOW = Date.parse('2026-01-01T00:00:00Z');

/** A job that counts how often it is drawn, by what its row reads. */
function countedJob(name: string) {
  const drawn = jest.fn();
  const job = aJob({ name });
  Object.defineProperty(job, 'resources', {
    get: () => {
      drawn();
      return { cpu: 0, memory: 0, gpu: 0, accelerators: {} };
    },
  });
  return { job, drawn };
}

const many = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    aJob({
      name: `job-${i}`,
      createdAt: new Date(NOW - i * 60_000).toISOString(),
    }),
  );

describe('JobsTable', () => {
  let store: JobListStore;
  let onEnd: jest.Mock;

  beforeEach(() => {
    store = new JobListStore(ORDER);
    onEnd = jest.fn();
    // Wide enough for every column.
    window.innerWidth = 1800;
    // The test's page has no layout to scroll.
    Element.prototype.scrollIntoView = jest.fn();
  });

  async function show(jobs = many(2), total = jobs.length) {
    store.apply([{ event: 'snapshot', data: aList(jobs, { total }) }], NOW);
    await renderRay({
      api: new FakeRayApi(),
      element: (
        <JobsTable
          store={store}
          total={total}
          loading={false}
          busy={false}
          outdated={false}
          refilling={false}
          order={ORDER}
          onSort={() => {}}
          onEnd={onEnd}
        />
      ),
    });
    await screen.findAllByText(jobs[0].name);
  }

  const upsert = (...jobs: ReturnType<typeof aJob>[]) =>
    act(() =>
      store.apply(
        jobs.map(data => ({ event: 'upsert', data }) as const),
        NOW,
      ),
    );
  const links = () => screen.getAllByRole('link').map(link => link.textContent);

  it('draws only the row whose job has changed', async () => {
    const still = countedJob('still');
    const before = aJob({ name: 'moves' });
    await show([before, still.job]);
    const drawn = still.drawn.mock.calls.length;
    expect(drawn).toBeGreaterThan(0);
    upsert({ ...before, state: 'failed' });
    expect(screen.getByText('Failed')).toBeInTheDocument();
    upsert({ ...before, state: 'failed', message: 'exit code 1' });
    expect(still.drawn).toHaveBeenCalledTimes(drawn);
  });

  it('draws the rows in the window, and tells where they are among all', async () => {
    await show(many(1_000), 10_000);
    expect(links().length).toBeLessThan(60);
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '10001');
    const row = screen.getByRole('row', { name: /job-3 / });
    expect(row).toHaveAttribute('aria-rowindex', '5');
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('asks for more when the end of the rows comes near', async () => {
    await show(many(40), 10_000);
    expect(onEnd).toHaveBeenCalled();
  });

  it('keeps the rows in their places under the pointer', async () => {
    const [a, b] = many(2);
    await show([a, b]);
    fireEvent.pointerEnter(screen.getByRole('table'), { pointerType: 'mouse' });
    const later = new Date(NOW + 60_000).toISOString();
    upsert(aJob({ name: 'new', createdAt: later }));
    upsert({ ...b, state: 'succeeded' });
    act(() => store.apply([{ event: 'remove', data: a }], NOW));
    expect(links()).toEqual(['job-0', 'job-1']);
    expect(screen.getByText(/No longer in this list/)).toBeInTheDocument();
    expect(screen.getByText('Succeeded')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show 2 changes' }),
    );
    expect(links()).toEqual(['new', 'job-1']);
  });

  it('keeps the rows in their places while one has the focus', async () => {
    await show(many(2));
    act(() => screen.getByRole('link', { name: 'job-1' }).focus());
    const later = new Date(NOW + 60_000).toISOString();
    upsert(aJob({ name: 'new', createdAt: later }));
    expect(links()).toEqual(['job-0', 'job-1']);
    act(() => screen.getByRole('link', { name: 'job-1' }).blur());
    expect(links()).toEqual(['new', 'job-0', 'job-1']);
  });

  it('shows what waits to somebody without a pointer', async () => {
    await show(many(2));
    act(() => screen.getByRole('link', { name: 'job-0' }).focus());
    const later = new Date(NOW + 60_000).toISOString();
    upsert(aJob({ name: 'new', createdAt: later }));
    act(() => screen.getByRole('button', { name: 'Show 1 change' }).focus());
    expect(links()).toEqual(['job-0', 'job-1']);
    await userEvent.keyboard('{Enter}');
    expect(screen.getByRole('link', { name: 'new' })).toHaveFocus();
    expect(links()).toEqual(['new', 'job-0', 'job-1']);
  });

  it('moves the focus beyond the rows that are drawn', async () => {
    await show(many(200));
    act(() => screen.getByRole('link', { name: 'job-0' }).focus());
    await userEvent.keyboard('{ArrowDown>30/}');
    expect(screen.getByRole('link', { name: 'job-30' })).toHaveFocus();
    await userEvent.keyboard('k');
    expect(screen.getByRole('link', { name: 'job-29' })).toHaveFocus();
  });

  it('says where a job is whose name another has', async () => {
    window.innerWidth = 1100;
    const [job] = many(1);
    await show([job, { ...job, namespace: 'vision', uid: 'other' }]);
    expect(
      screen.getByText(/workload-cluster \/ vision · hello-ray 1\.0\.0/),
    ).toBeInTheDocument();
  });
});
