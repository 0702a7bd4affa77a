import {
  AggregatorRegistry,
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from 'prom-client';

/** Figures of one process, as they travel to another one. */
export type Figures = readonly MetricObjectWithValues<MetricValue<string>>[];

/** Over several processes a gauge is their sum, or the one of them that is worst off. */
export type Together = 'sum' | 'min' | 'max';

const added = (figures: readonly Figures[]): Registry => AggregatorRegistry.aggregate([...figures]);

/** What stays of processes that have ended: what was counted, not how they were. */
export const kept = async (figures: readonly Figures[]): Promise<Figures> =>
  (await added(figures).getMetricsAsJSON()).filter(({ type }) => isCount(`${type}`));

const isCount = (type: string): boolean => type === 'counter' || type === 'histogram';

/** The figures of all processes as one page. */
export const pageOf = (figures: readonly Figures[]): Promise<string> => added(figures).metrics();

/** What Prometheus reads at /metrics. Slices add their own to `registry`. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'tiergate_http_request_seconds',
    help: 'Time to answer an API request, by route, method and status',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'tiergate_' });
  }

  observe(route: string, method: string, status: number, seconds: number): void {
    this.requests.observe({ route, method, status: String(status) }, seconds);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  figures(): Promise<Figures> {
    return this.registry.getMetricsAsJSON();
  }

  /** Counts since the start, each under its labels, that are read when they are asked for. */
  counts<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    read: () => readonly { readonly labels: Readonly<Record<Label, string>>; readonly count: number }[],
  ): void {
    new Counter({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const { labels, count } of read()) this.inc({ ...labels }, count);
      },
    });
  }

  /** A figure that is read when it is asked for. */
  gauge(name: string, help: string, read: () => number, together: Together = 'max'): void {
    new Gauge({
      name,
      help,
      aggregator: together,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }
}
