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
  it('shows the newest row immediately and the details when they are loaded', () => {
    const running = row(detail(open()), { ...first, state: 'failed' });
    expect(running.summary?.state).toBe('failed');
    expect(running.detail?.summary.state).toBe('running');
  });

  it('drops the details of a run when a new run takes its name', () => {
    const view = row(detail(open()), second);
    expect(view).toMatchObject({ summary: second, replacedUid: 'uid-1' });
    expect(view.detail).toBeUndefined();
  });

  it('ignores late details of the old run', () => {
    const view = detail(row(detail(open()), second), first, true);
    expect(view.summary).toBe(second);
    expect(view.detail).toBeUndefined();
  });

  it('follows the details if they are newer than the stream', () => {
    const view = detail(row(open()), second);
    expect(view).toMatchObject({ summary: second, replacedUid: 'uid-1' });
  });

  it('detects a new run even if the page was empty in between', () => {
    const gone = fail(detail(open()), 'NotFoundError');
    expect(gone.summary).toBeUndefined();
    expect(row(gone, second).replacedUid).toBe('uid-1');
  });

  it('treats a job in git and then on its cluster as the same run', () => {
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

  it('keeps the content after another error, and shows the error until it loads', () => {
    const view = fail(detail(open()), 'Error');
    expect(view).toMatchObject({ summary: first, error: { message: 'x' } });
    expect(detail(view).error).toBeUndefined();
  });

  describe('with a uid in the address', () => {
    it('keeps that run when there is a newer one', () => {
      const view = row(detail(open('uid-1')), second);
      expect(view).toMatchObject({ summary: first, currentUid: 'uid-2' });
      expect(view.replacedUid).toBeUndefined();
      expect(isEarlierRun(view)).toBe(true);
    });

    it('updates that run while it is the current one', () => {
      const view = row(detail(open('uid-1')), { ...first, state: 'failed' });
      expect(view.summary?.state).toBe('failed');
      expect(isEarlierRun(view)).toBe(false);
    });

    it('never shows another run instead', () => {
      const view = detail(open('uid-1'), second);
      expect(view.detail).toBeUndefined();
      expect(view.error?.name).toBe('NotFoundError');
    });
  });
});
