namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>What a Prometheus scrapes.</summary>
/// <param name="Path">Where the metrics port serves it.</param>
/// <param name="Labels">What the scrape configuration adds to all its series: job, instance, namespace, pod …</param>
/// <param name="Address">Path on its own port.</param>
public sealed record MetricTarget(string Path, LabelSet Labels, string Address = "/metrics")
{
    /// <summary>Port of Flink's reporter.</summary>
    public const int Port = 9249;

    /// <summary>A pod's metrics.</summary>
    public static MetricTarget OfPod(string ns, string pod, LabelSet labels, string address = "/metrics") => new($"/targets/{ns}/{pod}/metrics", labels, address);

    /// <summary>Host and port.</summary>
    public string Instance => Labels["instance"];
}

/// <summary>Series of one thing while its state lasts: their values are functions of the moment. What it says of itself wins over the target's labels.</summary>
/// <param name="target">Who exposes them.</param>
/// <param name="labels">Labels beside those of the target.</param>
/// <param name="table">Its metrics.</param>
public abstract class MetricGroup(MetricTarget target, LabelSet labels, MetricTable table)
{
    private RowLabels? _newest, _older;

    /// <summary>Who exposes them.</summary>
    public MetricTarget Target => target;

    /// <summary>Labels beside those of the target.</summary>
    public LabelSet Labels => labels;

    /// <summary>Its metrics.</summary>
    public MetricTable Table => table;

    /// <summary>False for what a Prometheus knows of the target without being told, as <c>up</c>.</summary>
    public bool IsExposed { get; init; } = true;

    /// <summary>Value of a row of the table.</summary>
    public abstract double Value(int row, DateTimeOffset moment);

    /// <summary>The row has one value as long as the state lasts.</summary>
    public abstract bool IsSteady(int row);

    /// <summary>Value of a label that rows do not have.</summary>
    public string Label(string name) => labels.Find(name) ?? target.Labels[name];

    /// <summary>All labels of a row. Those of the two rows that were asked for last are kept: lists ask for the same ones of thousands of groups again and again.</summary>
    public LabelSet LabelsOf(int row)
    {
        var (newest, older) = (_newest, _older);
        if (newest?.Row == row)
            return newest.Labels;
        if (older?.Row != row)
            older = new(row, target.Labels.With(labels).With(table.Series[row].Named));
        (_newest, _older) = (older, newest);
        return older.Labels;
    }

    private sealed record RowLabels(int Row, LabelSet Labels);
}

/// <summary>Series of one thing while its state lasts.</summary>
/// <typeparam name="T">The thing at a moment.</typeparam>
/// <param name="target">Who exposes them.</param>
/// <param name="labels">Labels beside those of the target.</param>
/// <param name="table">Its metrics.</param>
/// <param name="at">The thing at a moment.</param>
public sealed class MetricGroup<T>(MetricTarget target, LabelSet labels, MetricTable<T> table, Func<DateTimeOffset, T> at) : MetricGroup(target, labels, table)
{
    /// <inheritdoc />
    public override double Value(int row, DateTimeOffset moment) => table.Value(row, at(moment));

    /// <inheritdoc />
    public override bool IsSteady(int row) => table.IsSteady(row);
}

/// <summary>Series of one thing that is the same at all moments while its state lasts.</summary>
/// <typeparam name="T">The thing.</typeparam>
/// <param name="target">Who exposes them.</param>
/// <param name="labels">Labels beside those of the target.</param>
/// <param name="table">Its metrics.</param>
/// <param name="thing">The thing.</param>
public sealed class SteadyGroup<T>(MetricTarget target, LabelSet labels, MetricTable<T> table, T thing) : MetricGroup(target, labels, table)
{
    /// <inheritdoc />
    public override double Value(int row, DateTimeOffset moment) => table.Value(row, thing);

    /// <inheritdoc />
    public override bool IsSteady(int row) => true;
}
