import { FirstLists, readingJobs } from './FirstLists';

describe('FirstLists', () => {
  it('counts the lists of several namespaces together', () => {
    const lists = new FirstLists(['/a', '/b']);
    expect(lists.progress).toEqual({ read: 0 });
    lists.advance('/a', { read: 500, total: 600 });
    // Of the other nobody knows how long it is.
    expect(lists.progress).toEqual({ read: 500 });
    lists.advance('/b', { read: 500, total: 2_000 });
    expect(lists.progress).toEqual({ read: 1_000, total: 2_600 });
    lists.advance('/a', { read: 600, total: 600 });
    lists.finish('/a');
    expect(lists.progress).toEqual({ read: 1_100, total: 2_600 });
    expect(lists.complete).toBe(false);
    lists.finish('/b');
    expect(lists.progress).toBeUndefined();
    // A list that comes again is not the first.
    lists.advance('/b', { read: 1 });
    expect(lists.complete).toBe(true);
  });

  it.each([
    [{ read: 2_500 }, 'Reading the jobs of GPU: 2,500 so far'],
    [{ read: 2_500, total: 10_000 }, 'Reading the jobs of GPU: 2,500 of 10,000'],
  ])('says %p as a sentence', (progress, sentence) => {
    expect(readingJobs('GPU', progress)).toBe(sentence);
  });
});
