namespace FlinkDashboard.Sandbox.World.Metrics.Platform;

/// <summary>Counters that grow when something happens.</summary>
internal sealed class Tallies
{
    private readonly Dictionary<(string Name, LabelSet Labels), double> _counts = [];

    /// <summary>Counts.</summary>
    public void Add(string name, double by, params string[] labels) => Add(name, by, LabelSet.Of(labels));

    /// <summary>Counts.</summary>
    public void Add(string name, double by, LabelSet labels) => _counts[(name, labels)] = _counts.GetValueOrDefault((name, labels)) + by;

    /// <summary>All of them as they are now.</summary>
    public IEnumerable<(string Name, LabelSet Labels, double Value)> All => _counts.Select(c => (c.Key.Name, c.Key.Labels, c.Value));
}
