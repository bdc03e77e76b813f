import type { Id } from '../../kernel/ids.ts';
import { SYSTEM, systemOf } from '../../platform/db/actor.ts';
import type { JobTools } from '../../platform/feature.ts';
import type { Job } from '../../platform/jobs.ts';
import { PlanFailure } from './kind.ts';
import { getKind } from './kinds.ts';
import { splitByCompany } from './plan.ts';
import {
  findCampaign,
  findPlan,
  insertShares,
  listClusters,
  listOpenCampaigns,
  updatePlan,
  updatePlanTaken,
} from './store.ts';
import { writeBands } from './totals.ts';
import type { PlanProgress } from './types.ts';

/** A plan that brought the program down this often is not tried again. */
const MOST_ATTEMPTS = 3;
/** How often progress is written, and a wish to stop is read. */
const BEAT_MS = 400;

/** Points kept of the two curves; beyond, every other one goes, so that their shape stays. */
const MOST_POINTS = 60;

/** Adds a moment to the curves, if it says something new. */
function withHistory(before: PlanProgress | null, now: PlanProgress): PlanProgress {
  const history = before?.history ?? [];
  const last = history.at(-1);
  if (last && last.cost === now.cost && last.bound === now.bound) return { ...now, history };
  const longer = [...history, { seconds: now.seconds, cost: now.cost, bound: now.bound }];
  return {
    ...now,
    history:
      longer.length > MOST_POINTS ? longer.filter((_, i) => i % 2 === 0 || i === longer.length - 1) : longer,
  };
}

export const campaignJobs = ({ doors, clock, log }: JobTools): readonly Job[] => [
  {
    name: 'plan',
    async run(data) {
      const { cluster, plan } = data as { cluster: Id; plan: Id };
      const actor = systemOf(cluster);
      const now = (): Date => new Date(clock.now().epochMilliseconds);
      const taken = await doors.write(actor, (writer) => updatePlanTaken(writer, cluster, plan, now()));
      if (!taken) return;
      const fail = (code: string): Promise<unknown> =>
        doors.write(actor, (writer) =>
          updatePlan(writer, cluster, plan, { state: 'failed', failure: code, finished_at: now() }),
        );
      if (taken.attempts > MOST_ATTEMPTS) {
        await fail('too-many-attempts');
        return;
      }
      const campaign = await doors.read(actor, (reader) => findCampaign(reader, cluster, taken.campaign));
      const { model } = getKind(campaign!.kind);
      let latest: PlanProgress | null = null;
      let written: PlanProgress | null = null;
      const run = model.run(taken.problem, {
        seconds: taken.seconds,
        seed: taken.seed,
        onProgress: (p) => (latest = withHistory(latest, p)),
      });
      let beating = false;
      const beat = setInterval(async () => {
        if (beating) return;
        beating = true;
        try {
          const progress = latest;
          const state = await doors.write(actor, async (writer) => {
            if (progress && progress !== written) await updatePlan(writer, cluster, plan, { progress });
            return (await findPlan(writer, cluster, plan))?.state;
          });
          written = progress;
          if (state === 'stopping') run.cancel();
        } catch (error) {
          log.warn({ plan, code: (error as { code?: string }).code }, 'plan progress not written');
        } finally {
          beating = false;
        }
      }, BEAT_MS);
      try {
        const answer = await run.result;
        const picture = model.picture(taken.problem, answer.solution);
        await doors.write(actor, async (writer) => {
          await insertShares(writer, cluster, plan, taken.campaign, splitByCompany(picture));
          await updatePlan(writer, cluster, plan, {
            state: 'done',
            solution: answer.solution,
            cost: answer.cost,
            bound: answer.bound,
            checked: true,
            finished_at: now(),
          });
        });
      } catch (error) {
        if (!(error instanceof PlanFailure)) throw error;
        log.error({ plan, code: error.code, detail: error.message }, 'plan failed');
        await fail(error.code);
      } finally {
        clearInterval(beat);
      }
    },
  },
  {
    name: 'campaign-bands',
    every: '7 * * * *',
    async run() {
      for (const cluster of await doors.read(SYSTEM, listClusters)) {
        const actor = systemOf(cluster);
        const open = await doors.read(actor, (reader) => listOpenCampaigns(reader, cluster));
        for (const campaign of open)
          await doors.write(actor, (writer) => writeBands(writer, cluster, campaign, clock.now()));
      }
    },
  },
];
