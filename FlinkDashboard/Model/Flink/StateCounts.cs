using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Flink;

/// <summary>How many tasks (or vertices) are in each state. Keys are upper case, as Flink's ExecutionState; states of later versions are kept.</summary>
[JsonConverter(typeof(StateCountsConverter))]
public sealed class StateCounts(IReadOnlyList<KeyValuePair<string, int>> all) : IEquatable<StateCounts>
{
    private const string TotalKey = "TOTAL";

    /// <summary>Nothing counted.</summary>
    public static StateCounts None { get; } = new([]);

    /// <summary>As they came, <c>TOTAL</c> among them where it was sent (job lists do, single jobs do not).</summary>
    public IReadOnlyList<KeyValuePair<string, int>> All => all;

    /// <summary>States with a count above zero.</summary>
    public IEnumerable<KeyValuePair<string, int>> Present => all.Where(c => c.Value > 0 && c.Key != TotalKey);

    /// <summary>All together.</summary>
    public int Total => all.Where(c => c.Key != TotalKey).Sum(c => c.Value);

    /// <summary>In one state; 0 for a state that was not sent.</summary>
    public int this[TaskState state] => all.FirstOrDefault(c => c.Key == state.Text).Value;

    /// <inheritdoc/>
    public bool Equals(StateCounts? other) => other is not null && all.SequenceEqual(other.All);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StateCounts);

    /// <inheritdoc/>
    public override int GetHashCode() => Total;
}
