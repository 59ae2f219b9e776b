import { expect, test } from 'vitest';
import { TERMINAL_ROLES } from '../../contract/roles.ts';
import { mayUseCamera, type PermissionQuestion } from './camera.ts';

const camera: PermissionQuestion = {
  permission: 'media',
  origin: 'app://yichuang/index.html',
  isMainFrame: true,
  media: ['video'],
};

test('the roles that scan papers have the camera, and no other', () => {
  expect(TERMINAL_ROLES.filter((role) => mayUseCamera(camera, role))).toEqual(['window', 'prereview']);
  expect(mayUseCamera(camera, null)).toBe(false);
});

test.each([
  ['a microphone', { media: ['audio'] }],
  ['a microphone with the camera', { media: ['video', 'audio'] }],
  ['the screen', { media: [] }],
  ['the screen under its other name', { permission: 'display-capture', media: [] }],
  ['where the machine stands', { permission: 'geolocation' }],
  ['a frame inside the page', { isMainFrame: false }],
  ['another address', { origin: 'https://yichuang/index.html' }],
  ['another host', { origin: 'app://elsewhere/index.html' }],
  ['our name inside another', { origin: 'app://yichuang.example/' }],
  ['a file', { origin: 'file:///index.html' }],
  ['nobody', { origin: '' }],
  ['an origin that has no name', { origin: 'null' }],
])('%s is refused', (_what, change) => {
  expect(mayUseCamera({ ...camera, ...change }, 'window')).toBe(false);
});
