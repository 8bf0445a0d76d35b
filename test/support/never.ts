import type { Sleep } from '../../src/domain/async.ts';

/** Look-ups are waited for as long as they take, however busy the machine is. */
export const never: Sleep = () => new Promise(() => {});
