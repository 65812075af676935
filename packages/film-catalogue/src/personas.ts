import type { Habits, Viewer } from './viewers.ts';

/**
 * Eight invented viewers, chosen so that each stresses something else: no history, a very long one, strict limits, one
 * narrow taste, many unfinished films, none. No real person's viewing is behind them.
 */
export const personas: readonly { readonly viewer: Viewer; readonly habits: Habits }[] = [
  {
    viewer: {
      id: 'ada',
      name: 'Ada',
      description: 'Likes dramas, most of all those of the 1990s, and looks beyond the famous ones.',
      segments: ['drama-lovers'],
      locale: 'en',
      device: 'web',
    },
    habits: {
      watched: 45,
      unfinished: 3,
      spanDays: 540,
      hours: { from: 19, to: 23 },
      taste: {
        genres: { Drama: 1, 'Romantic Comedy': 0.15, 'Thriller/Suspense': 0.1 },
        otherGenres: 0.02,
        era: { from: 1990, to: 1999, elsewhere: 0.12 },
        popularity: 0.4,
        directors: { 'Martin Scorsese': 3, 'Mike Leigh': 4, 'Woody Allen': 3 },
      },
    },
  },
  {
    viewer: {
      id: 'parks',
      name: 'The Parks',
      description: 'A family with two young children: nothing above PG, at weekends, on the television.',
      segments: ['families'],
      locale: 'en',
      device: 'tv',
    },
    habits: {
      watched: 38,
      unfinished: 4,
      spanDays: 400,
      hours: { from: 13, to: 19 },
      taste: {
        genres: { Adventure: 1, Comedy: 0.7, Musical: 0.7 },
        otherGenres: 0.08,
        era: { from: 1989, to: 2010, elsewhere: 0.3 },
        popularity: 0.6,
        creativeTypes: { 'Kids Fiction': 6, Fantasy: 2 },
        onlyMpaa: ['G', 'PG'],
      },
    },
  },
  {
    viewer: {
      id: 'bela',
      name: 'Bela',
      description: 'Watches horror, old and new, long after midnight.',
      segments: ['night-owls', 'horror-fans'],
      locale: 'en',
      device: 'web',
    },
    habits: {
      watched: 40,
      unfinished: 2,
      spanDays: 300,
      hours: { from: 23, to: 27 },
      taste: {
        genres: { Horror: 1, 'Thriller/Suspense': 0.08 },
        otherGenres: 0.005,
        popularity: 0.3,
        directors: { 'John Carpenter': 3, 'Wes Craven': 3, 'Sam Raimi': 2 },
      },
    },
  },
  {
    viewer: {
      id: 'noor',
      name: 'Noor',
      description: 'Has just arrived and watched nothing yet: the cold start.',
      segments: ['newcomers'],
      locale: 'en',
      device: 'phone',
    },
    habits: {
      watched: 0,
      unfinished: 0,
      spanDays: 0,
      hours: { from: 18, to: 22 },
      taste: { genres: {}, otherGenres: 1, popularity: 1 },
    },
  },
  {
    viewer: {
      id: 'max',
      name: 'Max',
      description: 'Has watched 260 films of nearly every kind and starts more than he finishes.',
      segments: ['heavy-viewers'],
      locale: 'en',
      device: 'tv',
    },
    habits: {
      watched: 260,
      unfinished: 6,
      spanDays: 720,
      hours: { from: 12, to: 26 },
      taste: { genres: { Musical: 0.3, 'Concert/Performance': 0.2 }, otherGenres: 1, popularity: 0.7 },
    },
  },
  {
    viewer: {
      id: 'kenji',
      name: 'Kenji',
      description: 'Action and science fiction, in pieces, on the train.',
      segments: ['action-fans', 'commuters'],
      locale: 'en',
      device: 'phone',
    },
    habits: {
      watched: 32,
      unfinished: 5,
      spanDays: 240,
      hours: { from: 7, to: 9 },
      taste: {
        genres: { Action: 1, Adventure: 0.25, 'Thriller/Suspense': 0.12 },
        otherGenres: 0.01,
        era: { from: 1985, to: 2010, elsewhere: 0.1 },
        popularity: 0.8,
        creativeTypes: { 'Science Fiction': 2, 'Super Hero': 2 },
      },
    },
  },
  {
    viewer: {
      id: 'grace',
      name: 'Grace',
      description: 'Loves what came out before 1970, and Hitchcock above all; finishes what she starts.',
      segments: ['classics', 'drama-lovers'],
      locale: 'en',
      device: 'tv',
    },
    habits: {
      watched: 28,
      unfinished: 0,
      spanDays: 500,
      hours: { from: 15, to: 21 },
      taste: {
        genres: { Drama: 1, Western: 0.8, Musical: 0.8, Horror: 0.3 },
        otherGenres: 0.6,
        era: { from: 1915, to: 1969, elsewhere: 0.005 },
        popularity: 0.3,
        directors: { 'Alfred Hitchcock': 5, 'Billy Wilder': 4, 'John Ford': 3 },
      },
    },
  },
  {
    viewer: {
      id: 'mateo',
      name: 'Mateo',
      description: 'Popular comedies since 2000, often romantic, mostly with company.',
      segments: ['comedy-fans', 'date-nights'],
      locale: 'en',
      device: 'web',
    },
    habits: {
      watched: 24,
      unfinished: 2,
      spanDays: 360,
      hours: { from: 20, to: 23 },
      taste: {
        genres: { 'Romantic Comedy': 1, Comedy: 0.25, 'Black Comedy': 0.1 },
        otherGenres: 0.01,
        era: { from: 2000, to: 2010, elsewhere: 0.08 },
        popularity: 0.7,
      },
    },
  },
];
