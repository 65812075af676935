import { isOfUser } from './sourceRequest.ts';

test.each([
  ['w@1\nuser=u1\nlocale=en', 'u1', true],
  ['w@1\nlocale=en\nuser=u1', 'u1', true],
  ['w@1\nuser=u11', 'u1', false],
  ['w@1\nsegments=user=u1', 'u1', false],
  ['w@1\nuser=', undefined, false],
  ['w@1\nuser=u2', undefined, true],
  ['w@1\ndevice=web', undefined, false],
])('whether %j is of the user %s', (key, user, expected) => {
  expect(isOfUser(key, user)).toBe(expected);
});
