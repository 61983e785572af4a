// Properties try the same cases in every run, so that a failure is the change's and not the dice's; TILLCAT_SEED throws them anew.
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['TILLCAT_SEED'] ?? 20261122) });
