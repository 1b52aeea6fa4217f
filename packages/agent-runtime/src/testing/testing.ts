// What tests of the agent need and no program may import: a fake control plane and a machine in a folder.

export { type FakeControlPlane, type Instead, startFakeControlPlane } from './fake-control-plane.ts';
export { createManualClock, type ManualClock } from './manual-clock.ts';
export { createTestAuthority, type TestAuthority } from './test-authority.ts';
export { testFacts } from './test-facts.ts';
export { testTarget, until } from './test-himds.ts';
