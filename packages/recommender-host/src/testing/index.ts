export { type FakeMediator, startFakeMediator } from './fakeMediator.ts';
export { faultsOf } from './faultsOf.ts';
export { type Service, startService } from './startService.ts';
