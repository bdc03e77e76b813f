import fc from 'fast-check';

/**
 * Properties are tried on the same examples in every run, so that a red run is the change's own doing.
 * `FC_SEED=random npm test` looks for new ones; `FC_SEED=123` repeats those of a report.
 */
const wanted = process.env.FC_SEED ?? '20261124';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
