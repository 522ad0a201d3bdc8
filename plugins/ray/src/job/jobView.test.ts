import { aDetail, aJob } from '../__testUtils__/jobs';
import { isEarlierRun, jobViewReducer, type JobView } from './jobView';

const first = aJob({ name: 'run-a', uid: 'uid-1' });
const second = aJob({ name: 'run-a', uid: 'uid-2' });
const inGit = aJob({ name: 'run-a', uid: 'git:jobs/run-a.yaml' });

const open = (pinned?: string): JobView => ({ pinned, changes: 0 });
const row = (view: JobView, summary = first) =>
  jobViewReducer(view, { type: 'row', summary });
const detail = (view: JobView, summary = first, overtaken = false) =>
  jobViewReducer(view, {
    type: 'detail',
    detail: aDetail(summary),
    overtaken,
  });
const fail = (view: JobView, name: string) =>
  jobViewReducer(view, {
    type: 'error',
    error: Object.assign(new Error('x'), { name }),
  });

describe('jobViewReducer', () => {
  it('shows the newest row at once and the detail when it is loaded', () => {
    const running = row(detail(open()), { ...first, state: 'failed' });
    expect(running.summary?.state).toBe('failed');
    expect(running.detail?.summary.state).toBe('running');
  });

  it('drops the detail of a run whose name another run took', () => {
    const view = row(detail(open()), second);
    expect(view).toMatchObject({ summary: second, replacedUid: 'uid-1' });
    expect(view.detail).toBeUndefined();
  });

  it('takes a detail of the old run for what it is when it comes late', () => {
    const view = detail(row(detail(open()), second), first, true);
    expect(view.summary).toBe(second);
    expect(view.detail).toBeUndefined();
  });

  it('follows the detail where it is ahead of the stream', () => {
    const view = detail(row(open()), second);
    expect(view).toMatchObject({ summary: second, replacedUid: 'uid-1' });
  });

  it('tells the new run from the old one also where the page was empty between', () => {
    const gone = fail(detail(open()), 'NotFoundError');
    expect(gone.summary).toBeUndefined();
    expect(row(gone, second).replacedUid).toBe('uid-1');
  });

  it('takes a job that comes from git to its cluster for the same run', () => {
    const view = row(detail(open(), inGit), first);
    expect(view.replacedUid).toBeUndefined();
    expect(view.detail).toBeDefined();
  });

  it.each(['NotFoundError', 'NotAllowedError', 'AuthenticationError'])(
    'shows nothing more after a %s',
    name => {
      const view = fail(detail(open()), name);
      expect(view.summary).toBeUndefined();
      expect(view.detail).toBeUndefined();
    },
  );

  it('keeps what is here after another error, and says so until it is loaded', () => {
    const view = fail(detail(open()), 'Error');
    expect(view).toMatchObject({ summary: first, error: { message: 'x' } });
    expect(detail(view).error).toBeUndefined();
  });

  describe('about one run', () => {
    it('stays with it when another run has the name', () => {
      const view = row(detail(open('uid-1')), second);
      expect(view).toMatchObject({ summary: first, currentUid: 'uid-2' });
      expect(view.replacedUid).toBeUndefined();
      expect(isEarlierRun(view)).toBe(true);
    });

    it('follows it while it has the name', () => {
      const view = row(detail(open('uid-1')), { ...first, state: 'failed' });
      expect(view.summary?.state).toBe('failed');
      expect(isEarlierRun(view)).toBe(false);
    });

    it('shows no other run in its place', () => {
      const view = detail(open('uid-1'), second);
      expect(view.detail).toBeUndefined();
      expect(view.error?.name).toBe('NotFoundError');
    });
  });
});
