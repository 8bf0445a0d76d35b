import { createApp } from './app.ts';
import { createBackgroundWork } from './background-work.ts';
import { type Company, createCompany, fleetKeyId } from './company.ts';
import type { Config } from './config.ts';
import type { TenantId } from './domain/ids.ts';
import type { HandlerDeps } from './handlers/deps.ts';
import { startServer } from './http/server.ts';
import { watchIdentity } from './identity.ts';
import { carryOut } from './jobs/carry-out.ts';
import type { JobTenant } from './jobs/job-tenant.ts';
import { lastResort } from './jobs/last-resort.ts';
import { createWorkQueue } from './jobs/queue.ts';
import { createRelay } from './jobs/relay.ts';
import { scheduleWork } from './jobs/schedule.ts';
import { startWorker } from './jobs/worker.ts';
import { type InstanceOptions, openParts } from './parts.ts';
import { createEntrance } from './receiver.ts';
import { resumeUnderNewKey } from './services/try-fleet-again.ts';
import { queuePrefix } from './store/keys.ts';

export interface Instance {
  readonly port: number;
  /** Jobs queued or under way now, without those that wait for their time; and what is accepted and not yet queued. */
  waitingWork(): Promise<number>;
  /** Takes no new work, finishes or hands over what was accepted, and closes every connection. */
  close(withinMs: number): Promise<void>;
}

/** The whole app from its configuration: production, the demo and the tests start it in the same way. */
export async function startInstance(config: Config, options: InstanceOptions): Promise<Instance> {
  const parts = openParts(config, options);
  const { log, now, random, metrics } = parts;
  const prefix = options.queuePrefix ?? queuePrefix;
  const queue = createWorkQueue(parts.queueRedis, prefix, now);
  const companies = new Map<string, Company>();
  const { step, takeOver, around = (company: Company) => company } = options;
  const relay = createRelay({
    outboxes: () => [...companies.values()].map((one) => one.context.store),
    ...{ queue, log },
    ...(step === undefined ? {} : { step }),
  });
  const background = createBackgroundWork(log);
  const deps: HandlerDeps = {
    tenant: (slackTeamId) => handlerTenant(companies.get(slackTeamId)),
    hurry: relay.hurry,
    inBackground: background.run,
    log,
  };

  const identity = await watchIdentity(parts.interactive, config.slack.botToken, log, async (bot) => {
    const company = around(createCompany(parts, bot.slackTeamId as TenantId));
    companies.set(bot.slackTeamId, company);
    background.run('resume under a new key', resumeUnderNewKey(company.context, fleetKeyId(parts)));
    background.run('schedule work', scheduleWork(company.context).then(relay.hurry));
  });
  const entrance = createEntrance(config, parts.logger);
  createApp(entrance.receiver, identity.current, parts.logger, deps);
  const worker = startWorker({
    connection: parts.queueRedis,
    prefix,
    carryOut: (work, jobId) => carryOut(work, jobTenant(companies, work.tenant), jobId),
    lastResort: (work) => lastResort(work, jobTenant(companies, work.tenant)),
    log,
    now,
    random,
    ...(step === undefined ? {} : { step }),
    ...(takeOver === undefined ? {} : { takeOver }),
    onDone: (kind, outcome, durationMs) => metrics.job({ kind, outcome }, durationMs),
  });
  relay.start();
  await entrance.start();
  const server = await startServer(
    {
      slackEvents: entrance.requests,
      health: () => ({ alive: true, ...options.about }),
      notReady: async () => [
        ...(identity.current() === null ? ['Slack has not confirmed the bot token'] : []),
        ...((await parts.redisAnswers()) ? [] : ['Redis does not answer']),
      ],
      metrics: metrics.render,
      now,
    },
    config.http.port,
    config.http.host,
  );
  const close = async (withinMs: number): Promise<void> => {
    identity.stop();
    await Promise.all([server.close(withinMs / 4), entrance.stop()]);
    await background.settle(withinMs / 4);
    await relay.stop(withinMs / 8);
    await worker.close(withinMs / 4);
    await queue.close();
    parts.close();
  };
  const waitingWork = async (): Promise<number> => {
    const accepted = await Promise.all([...companies.values()].map((one) => one.context.store.outbox(0)));
    return accepted.flat().length + (await queue.underWay());
  };
  return { port: server.port, waitingWork, close };
}

function handlerTenant(company: Company | undefined): ReturnType<HandlerDeps['tenant']> {
  return company === undefined ? null : { context: company.context, slack: company.forPeople };
}

function jobTenant(companies: ReadonlyMap<string, Company>, tenant: TenantId): JobTenant {
  const company = companies.get(tenant);
  // Thrown, so that the queue tries again: at start, jobs may come before Slack has confirmed the token.
  if (company === undefined) throw new Error('this workspace is not known here yet');
  return { context: company.context, slack: company.forJobs };
}
