using System.Globalization;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.World.Metrics.Flink;

/// <summary>A partition that a source reads, at a moment.</summary>
internal readonly record struct PartitionMoment(OperatorMoment Source, int Partition, int OfSubtask)
{
    private const double Backlog = 4_800_000;

    // What the subtask passed is spread evenly over its partitions; each topic held something before.
    public double Offset => Math.Floor(Source.Passed / OfSubtask) + Backlog + (Partition * 1_013) - 1;

    /// <summary>As of the newest checkpoint; -1 before the first.</summary>
    public double Committed => Source.Task.Job.Statistics?.CountsAt(Source.Task.Now).Latest?.AcknowledgedAt is { } at && at <= Source.Task.Now
        ? (this with { Source = Source with { Task = Source.Task with { Now = at } } }).Offset : -1;
}

/// <summary>Metrics of Kafka's consumers and producers inside sources and sinks (flink-connector-kafka 3 and later).</summary>
internal static class KafkaMetrics
{
    private const string Prefix = "flink_taskmanager_job_task_operator_";

    private static readonly MetricTable<OperatorMoment> Reader = new(Prefix,
    [
        new("KafkaSourceReader.KafkaConsumer.records-lag-max", o => Math.Ceiling(Waiting(o) / 2)),
        new("KafkaSourceReader.KafkaConsumer.records-consumed-rate", o => o.Rate),
        new("KafkaSourceReader.KafkaConsumer.bytes-consumed-rate", o => Math.Round(TaskMoment.Bytes(o.Rate), 3)),
        new("KafkaSourceReader.KafkaConsumer.records-per-request-avg", o => Math.Round(o.Rate / 5, 3)),
        new("KafkaSourceReader.KafkaConsumer.fetch-latency-avg", o => 180 + (o.Task.Index * 7 % 40)),
        new("KafkaSourceReader.KafkaConsumer.fetch-rate", _ => 5),
        new("KafkaSourceReader.commitsSucceeded", o => Completed(o)),
        new("KafkaSourceReader.commitsFailed", _ => 0),
    ]);

    private static readonly MetricTable<PartitionMoment> Partitions = new(Prefix + "KafkaSourceReader_topic_partition_",
        new("currentOffset", p => p.Offset), new("committedOffset", p => p.Committed));

    private static readonly MetricTable<OperatorMoment> Producer = new(Prefix,
    [
        new("KafkaProducer.record-send-rate", o => o.Rate),
        new("KafkaProducer.record-send-total", o => o.Passed),
        new("KafkaProducer.byte-rate", o => Math.Round(TaskMoment.Bytes(o.Rate), 3)),
        new("KafkaProducer.request-latency-avg", o => 3 + (o.Task.Index % 4)),
        new("KafkaProducer.record-error-rate", _ => 0),
        new("KafkaProducer.record-retry-rate", _ => 0),
    ]);

    /// <summary>All its tables.</summary>
    public static IReadOnlyList<MetricTable> Tables { get; } = [Reader, Partitions, Producer];

    /// <summary>Records waiting in a subtask's partitions: what the source cannot keep up with, and what comes in between two fetches.</summary>
    public static double Waiting(OperatorMoment source) => source.Lag + Math.Floor(source.Rate * (0.2 + (0.1 * (1 + Math.Sin((source.Task.Seconds / 17) + source.Task.Index)))));

    /// <summary>The series beside those that every source or sink has.</summary>
    public static IEnumerable<MetricGroup> Of(MetricTarget target, LabelSet labels, FlinkVertex vertex, int index, int position, bool isSink, Func<DateTimeOffset, OperatorMoment> at)
    {
        if (isSink && vertex.Traits.WritesTopic is not null)
            yield return new MetricGroup<OperatorMoment>(target, labels, Producer, at);
        if (position > 0 || vertex.Traits.Topic is not { } topic)
            yield break;
        yield return new MetricGroup<OperatorMoment>(target, labels, Reader, at);
        var mine = Enumerable.Range(0, vertex.Traits.Partitions).Where(p => p % vertex.Parallelism == index).ToList();
        foreach (var partition in mine)
        {
            var own = labels.With(LabelSet.Of("topic", MetricTable.Filter(topic), "partition", partition.ToString(CultureInfo.InvariantCulture)));
            yield return new MetricGroup<PartitionMoment>(target, own, Partitions, t => new PartitionMoment(at(t), partition, mine.Count));
        }
    }

    private static double Completed(OperatorMoment source) => source.Task.Job.Statistics?.CountsAt(source.Task.Now).Completed ?? 0;
}
