using System.Collections.Concurrent;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.World.Metrics.Flink;

/// <summary>A RocksDB of a subtask at a moment.</summary>
internal readonly record struct RocksDbMoment(OperatorMoment Operator, int Families, long BlockCache)
{
    public double Passed => Operator.Passed;

    // As large as the newest checkpoint says, shared out; before the first it fills.
    public double LiveBytes => Math.Floor((Operator.Task.Job.Statistics?.CountsAt(Operator.Task.Now).Latest?.StateSize ?? 0) / (double)Math.Max(1, Operator.Task.Vertex.Parallelism * Families));

    /// <summary>A table in memory that fills and is flushed every four minutes.</summary>
    public double Filled => Operator.Task.Seconds / 240 % 1;
}

/// <summary>Metrics of RocksDB, of which each must be switched on in Flink's configuration.</summary>
public static class RocksDbMetrics
{
    private const string Prefix = "flink_taskmanager_job_task_operator_";
    private const string Key = "state.backend.rocksdb.metrics.";
    private const double MemTable = 8 << 20;
    private static readonly ConcurrentDictionary<string, MetricTable<RocksDbMoment>> Tables = [];

    private static readonly Dictionary<string, Func<RocksDbMoment, double>> Properties = new()
    {
        ["num-immutable-mem-table"] = _ => 0,
        ["mem-table-flush-pending"] = _ => 0,
        ["compaction-pending"] = _ => 0,
        ["background-errors"] = _ => 0,
        ["cur-size-active-mem-table"] = r => Math.Floor(MemTable * r.Filled),
        ["cur-size-all-mem-tables"] = r => Math.Floor(MemTable * r.Filled),
        ["size-all-mem-tables"] = r => Math.Floor(MemTable * r.Filled),
        ["estimate-num-keys"] = r => Math.Floor(r.LiveBytes / 90),
        ["estimate-table-readers-mem"] = r => Math.Floor(r.LiveBytes / 400),
        ["estimate-live-data-size"] = r => r.LiveBytes,
        ["total-sst-files-size"] = r => Math.Floor(r.LiveBytes * (1.1 + (0.3 * r.Filled))),
        ["live-sst-files-size"] = r => Math.Floor(r.LiveBytes * (1.05 + (0.1 * r.Filled))),
        ["estimate-pending-compaction-bytes"] = r => Math.Floor(Math.Max(0, r.Filled - 0.7) * r.LiveBytes),
        ["num-running-compactions"] = r => r.Filled > 0.9 ? 1 : 0,
        ["num-running-flushes"] = r => r.Filled < 0.02 ? 1 : 0,
        ["actual-delayed-write-rate"] = _ => 0,
        ["is-write-stopped"] = _ => 0,
        ["block-cache-capacity"] = r => r.BlockCache,
        ["block-cache-usage"] = r => Math.Floor(r.BlockCache * 0.82),
        ["block-cache-pinned-usage"] = r => Math.Floor(r.BlockCache * 0.01),
    };

    private static readonly Dictionary<string, Func<RocksDbMoment, double>> Statistics = new()
    {
        ["block-cache-hit"] = r => Math.Floor(r.Passed * 1.86),
        ["block-cache-miss"] = r => Math.Floor(r.Passed * 0.14),
        ["bytes-read"] = r => Math.Floor(r.Passed * 96),
        ["bytes-written"] = r => Math.Floor(r.Passed * 104),
        ["compaction-read-bytes"] = r => Math.Floor(r.Passed * 61),
        ["compaction-write-bytes"] = r => Math.Floor(r.Passed * 58),
        ["stall-micros"] = _ => 0,
    };

    /// <summary>The state of the jobs is in RocksDB.</summary>
    public static bool IsUsed(IReadOnlyDictionary<string, string> settings) => settings.Text("state.backend.type", "state.backend") is { } backend && backend.Contains("rocksdb", StringComparison.OrdinalIgnoreCase);

    /// <summary>The series of one operator.</summary>
    internal static IEnumerable<MetricGroup> Of(MetricTarget target, LabelSet labels, FlinkVertex vertex, IReadOnlyDictionary<string, string> settings, Func<DateTimeOffset, OperatorMoment> at)
    {
        if (!IsUsed(settings) || !vertex.Inputs.Any(i => i.ShipStrategy == "HASH"))
            yield break;
        var states = vertex.Traits.States;
        var cache = (long)(FlinkMemory.Of(settings).Managed / Math.Max(1.0, settings.Number("taskmanager.numberOfTaskSlots", 1)) / 2);
        RocksDbMoment Moment(DateTimeOffset t) => new(at(t), states.Count, cache);
        string[] properties = [.. Properties.Keys.Where(p => settings.Flag(Key + p))];
        string[] statistics = [.. Statistics.Keys.Where(s => settings.Flag(Key + s))];
        var asLabel = settings.Flag(Key + "column-family-as-variable");
        foreach (var state in properties.Length > 0 ? states : [])
        {
            yield return new MetricGroup<RocksDbMoment>(target, asLabel ? labels.With("column_family", MetricTable.Filter(state)) : labels,
                Table(Prefix + (asLabel ? "column_family" : MetricTable.Filter(state)) + "_rocksdb_", properties, Properties), Moment);
        }
        if (statistics.Length > 0)
            yield return new MetricGroup<RocksDbMoment>(target, labels, Table(Prefix + "rocksdb_", statistics, Statistics), Moment);
    }

    /// <summary>Tables of a vertex's series.</summary>
    internal static IEnumerable<MetricTable> TablesOf(FlinkVertex vertex, IReadOnlyDictionary<string, string> settings) =>
        Of(NoTarget, LabelSet.Empty, vertex, settings, _ => default).Select(g => g.Table);

    private static readonly MetricTarget NoTarget = new("", LabelSet.Empty);

    private static MetricTable<RocksDbMoment> Table(string prefix, string[] names, Dictionary<string, Func<RocksDbMoment, double>> values) =>
        Tables.GetOrAdd(prefix + string.Join(' ', names), _ => new(prefix, [.. names.Select(n => new MetricRow<RocksDbMoment>(n, values[n]))]));
}
