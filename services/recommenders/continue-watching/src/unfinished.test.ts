import { unfinished } from './unfinished.ts';

describe('unfinished', () => {
  it('keeps what was begun and not finished, most recent first', () => {
    const watch = (filmId: string, day: string, progress: number) => ({
      filmId,
      watchedAt: `2010-12-${day}T20:00:00.000Z`,
      progress,
    });
    const history = [
      watch('film-old', '01', 0.5),
      watch('film-finished', '04', 0.95),
      watch('film-not-begun', '05', 0),
      watch('film-new', '03', 0.05),
    ];
    expect(unfinished(history).map(({ filmId }) => filmId)).toEqual(['film-new', 'film-old']);
  });
});
