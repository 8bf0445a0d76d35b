import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface Metrics {
  fleetRequest(labels: { operation: string; outcome: string; urgency: string }, durationMs: number): void;
  job(labels: { kind: string; outcome: string }, durationMs: number): void;
  render(): Promise<{ readonly contentType: string; readonly body: string }>;
}

const SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Labels are closed lists (operation, kind, outcome): never an id, a person or a workspace. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const fleetRequests = new Counter({
    name: 'fleet_requests_total',
    help: 'Requests to the Fleet API',
    labelNames: ['operation', 'outcome', 'urgency'],
    registers: [registry],
  });
  const fleetSeconds = new Histogram({
    name: 'fleet_request_seconds',
    help: 'Duration of requests to the Fleet API',
    labelNames: ['operation'],
    buckets: SECONDS,
    registers: [registry],
  });
  const jobs = new Counter({
    name: 'jobs_total',
    help: 'Jobs carried out',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
  });
  const jobSeconds = new Histogram({
    name: 'job_seconds',
    help: 'Duration of jobs',
    labelNames: ['kind'],
    buckets: SECONDS,
    registers: [registry],
  });
  return {
    fleetRequest: (labels, durationMs) => {
      fleetRequests.inc(labels);
      fleetSeconds.observe({ operation: labels.operation }, durationMs / 1000);
    },
    job: (labels, durationMs) => {
      jobs.inc(labels);
      jobSeconds.observe({ kind: labels.kind }, durationMs / 1000);
    },
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
