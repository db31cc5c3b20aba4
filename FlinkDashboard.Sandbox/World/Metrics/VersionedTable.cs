using System.Collections.Concurrent;
using System.Globalization;

namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>Metrics of which some came or went with a version of Flink.</summary>
/// <typeparam name="T">A thing at a moment.</typeparam>
/// <param name="prefix">Beginning of the names.</param>
/// <param name="rows">Each with the first version that has it and the first that has it no longer, as <c>1.20</c> is 120; 0 for neither.</param>
internal sealed class VersionedTable<T>(string prefix, params IReadOnlyList<(int Since, int Until, MetricRow<T> Row)> rows)
{
    private readonly ConcurrentDictionary<int, MetricTable<T>> _tables = [];

    /// <summary>The table of a version, as <c>1.20.1</c>.</summary>
    public MetricTable<T> For(string version) => _tables.GetOrAdd(Number(version), static (number, all) =>
        new MetricTable<T>(all.prefix, [.. all.rows.Where(r => number >= r.Since && (r.Until == 0 || number < r.Until)).Select(r => r.Row)]), (prefix, rows));

    private static int Number(string version)
    {
        var parts = version.Split('.', '-');
        return parts.Length > 1 && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var major) && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var minor) ? (major * 100) + minor : 120;
    }
}
