import { ConfigReader } from '@backstage/config';
import { readSchedule } from './readSchedule';

const read = (schedule?: object) =>
  readSchedule(
    new ConfigReader(
      JSON.parse(
        JSON.stringify({ search: { collators: { rayJobs: { schedule } } } }),
      ),
    ),
  );

describe('the schedule', () => {
  it('has a default', () => {
    expect(read()).toMatchObject({ frequency: { seconds: 15 } });
  });

  it('is the one of the configuration', () => {
    const schedule = { frequency: { minutes: 1 }, timeout: { minutes: 2 } };
    expect(read(schedule)).toMatchObject(schedule);
  });

  it('has to be one', () => {
    expect(() => read({ frequency: 'often' })).toThrow(
      'search.collators.rayJobs.schedule is no schedule',
    );
  });
});
