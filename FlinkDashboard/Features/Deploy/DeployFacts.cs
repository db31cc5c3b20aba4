using FlinkDashboard.Configuration;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.State;
using FlinkDashboard.Ui.Editing;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Features.Deploy;

/// <summary>A value with who says so; empty when nobody does.</summary>
/// <param name="Value">The value, or empty.</param>
/// <param name="From">"the settings", "orders uses it".</param>
public sealed record Known(string Value, string From)
{
    /// <summary>Nobody says.</summary>
    public static Known Nothing { get; } = new("", "");
}

/// <summary>What the settings, a namespace and the cluster say about a new application: what its starting point is filled with.</summary>
public sealed record DeployFacts
{
    private const string NodeGroupQueue = "yunikorn.apache.org/queue";

    /// <summary>Namespace it is about.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Names of the operator's kinds that are installed.</summary>
    public IReadOnlySet<string> Kinds { get; init; } = new HashSet<string>();

    /// <summary>Pools and node groups.</summary>
    public IReadOnlyList<NodeChoice> Pools { get; init; } = [];

    /// <summary>Service accounts of the namespace.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Session clusters of the namespace, with their Flink version.</summary>
    public IReadOnlyList<(string Name, string Version)> Clusters { get; init; } = [];

    /// <summary>Names that are taken in the namespace.</summary>
    public IReadOnlySet<string> Taken { get; init; } = new HashSet<string>();

    /// <summary>Queues of YuniKorn seen on pods.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>Root of state.</summary>
    public Known Storage { get; init; } = Known.Nothing;

    /// <summary>IAM role.</summary>
    public Known Role { get; init; } = Known.Nothing;

    /// <summary>EMR release label.</summary>
    public Known Release { get; init; } = Known.Nothing;

    /// <summary>CloudWatch log group.</summary>
    public Known LogGroup { get; init; } = Known.Nothing;

    /// <summary>Service account.</summary>
    public Known Account { get; init; } = Known.Nothing;

    /// <summary>Flink image.</summary>
    public Known Image { get; init; } = Known.Nothing;

    /// <summary>Image with Python.</summary>
    public Known PythonImage { get; init; } = Known.Nothing;

    /// <summary>flinkVersion.</summary>
    public Known Version { get; init; } = Known.Nothing;

    /// <summary>Time between checkpoints.</summary>
    public string Interval { get; init; } = "";

    /// <summary>Reads what the viewer may see.</summary>
    public static DeployFacts From(ClusterView cluster, DeployDefaults defaults, string ns)
    {
        var here = cluster.In<FlinkDeployment>(ns).ToArray();
        FlinkDeployment[] all = [.. here, .. cluster.All<FlinkDeployment>().Where(app => app.Metadata.Namespace != ns)];
        var accounts = cluster.In<ServiceAccount>(ns).ToArray();
        var bound = accounts.FirstOrDefault(one => one.RoleArn is not null);
        var version = Set(defaults.FlinkVersion) ?? Most(here, app => app.Spec.FlinkVersion) ?? new(FlinkReleases.Usual, "the usual one");
        return new DeployFacts
        {
            Namespace = ns,
            Kinds = Installed(cluster),
            Pools = NodeChoice.Of(cluster),
            Accounts = [.. accounts.Select(one => one.Metadata.Name).Order(StringComparer.Ordinal)],
            Clusters = [.. here.Where(app => app.Spec.IsSession && app.Metadata.DeletionTimestamp is null).Select(app => (app.Metadata.Name, app.Spec.FlinkVersion ?? FlinkReleases.Usual)).Order()],
            Taken = here.Select(app => app.Metadata.Name).Concat(cluster.In<FlinkSessionJob>(ns).Select(job => job.Metadata.Name)).ToHashSet(),
            Queues = [.. cluster.In<Pod>(ns).Select(pod => pod.Metadata.Labels[NodeGroupQueue] ?? pod.Metadata.Labels["queue"]).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
            Storage = Set(defaults.Storage?.TrimEnd('/')) ?? Most(here, Root) ?? Most(all, Root) ?? Known.Nothing,
            Role = Set(defaults.ExecutionRoleArn) ?? (bound is null ? null : new Known(bound.RoleArn!, $"service account {bound.Metadata.Name}")) ?? Most(here, app => app.Spec.ExecutionRoleArn) ?? Known.Nothing,
            Release = Set(defaults.EmrRelease) ?? Most(all, app => app.Spec.EmrReleaseLabel) ?? OperatorRelease(cluster) ?? Known.Nothing,
            LogGroup = Set(defaults.LogGroup) ?? Most(here, app => app.Spec.MonitoringConfiguration?.CloudWatchMonitoringConfiguration?.LogGroupName) ?? Known.Nothing,
            Account = (bound is null ? null : new Known(bound.Metadata.Name, "it is bound to an IAM role")) ?? Most(here, app => app.Spec.ServiceAccount)
                ?? (accounts.Any(one => one.Metadata.Name == "flink") ? new Known("flink", "the operator's chart makes it") : Known.Nothing),
            Image = Set(defaults.Image) ?? Most(here.Where(app => app.Spec.FlinkVersion == version.Value && app.Spec.EmrReleaseLabel is null), app => app.Spec.Image) ?? new(FlinkReleases.Image(version.Value), "the official image"),
            PythonImage = Set(defaults.PythonImage) ?? Known.Nothing,
            Version = version,
            Interval = defaults.CheckpointInterval,
        };
    }

    /// <summary>Everything that is known, as values of a starting point.</summary>
    /// <param name="isEmr">The kind has EMR's fields.</param>
    public StartingValues Values(StartingPoint start, bool isEmr)
    {
        var pool = start switch
        {
            { Needs: var needs } when needs.HasFlag(StartingNeed.Arm) => Pools.FirstOrDefault(one => one.Architecture == "arm64"),
            { Needs: var needs } when needs.HasFlag(StartingNeed.NodeGroup) => Pools.FirstOrDefault(one => one is { IsKarpenter: false, IsCore: false }),
            _ => Pools.FirstOrDefault(one => one is { IsKarpenter: true, Architecture: not "arm64", IsCore: false }),
        };
        return new StartingValues
        {
            Namespace = Namespace,
            Name = FreeName(start.Id == "basic" ? "my-application" : $"my-{start.Id}"),
            Storage = Storage.Value,
            Account = Account.Value,
            Image = Image.Value,
            PythonImage = PythonImage.Value,
            Version = isEmr && FlinkReleases.OfEmr(Release.Value) is { } version ? version : Version.Value,
            Interval = Interval,
            Release = isEmr ? Release.Value : "",
            Role = isEmr ? Role.Value : "",
            LogGroup = isEmr ? LogGroup.Value : "",
            Queue = Queues.Count == 1 ? Queues[0] : "",
            Cluster = Clusters.Select(one => one.Name).FirstOrDefault() ?? "",
            ClusterVersion = Clusters.Select(one => one.Version).FirstOrDefault() ?? "",
            Pool = start.Needs.HasFlag(StartingNeed.Cluster) ? null : pool,
            IsEmr = isEmr,
        };
    }

    /// <summary>A name nobody has: the wish, else with a number.</summary>
    public string FreeName(string wish) => Taken.Contains(wish) ? Enumerable.Range(2, Taken.Count + 1).Select(n => $"{wish}-{n}").First(name => !Taken.Contains(name)) : wish;

    private static Known? Set(string? value) => string.IsNullOrWhiteSpace(value) ? null : new Known(value, "the settings");

    private static Known? Most(IEnumerable<FlinkDeployment> apps, Func<FlinkDeployment, string?> read)
    {
        var best = apps.Select(app => (app, Value: read(app))).Where(pair => !string.IsNullOrEmpty(pair.Value)).GroupBy(pair => pair.Value!).OrderByDescending(group => group.Count()).FirstOrDefault();
        return best is null ? null : new Known(best.Key, best.Count() == 1 ? $"{best.First().app.Metadata.Name} uses it" : $"{best.Count()} applications use it");
    }

    // Bucket, or the first folder of a path without one.
    private static string? Root(FlinkDeployment app)
    {
        var text = app.Spec.FlinkConfiguration["state.checkpoints.dir"] ?? app.Spec.FlinkConfiguration["execution.checkpointing.dir"];
        if (!Uri.TryCreate(text, UriKind.Absolute, out var place))
            return null;
        return place.Host.Length > 0 ? $"{place.Scheme}://{place.Host}" : $"{place.Scheme}:///{place.AbsolutePath.TrimStart('/').Split('/')[0]}";
    }

    private static Known? OperatorRelease(ClusterView cluster) => cluster.All<Deployment>()
        .SelectMany(one => one.Spec.Template?.Spec.Containers ?? []).Select(container => FlinkReleases.LabelOf(container.Image ?? "")).OfType<string>()
        .Select(label => new Known(label, "the operator's release")).FirstOrDefault();

    private static HashSet<string> Installed(ClusterView cluster)
    {
        KindInfo[] kinds = [FlinkDeployment.Info, FlinkSessionJob.Info, FlinkBlueGreenDeployment.Info];
        if (cluster.Status<CustomResourceDefinition>().State is WatchState.Forbidden)
            return [FlinkDeployment.Info.Kind, FlinkSessionJob.Info.Kind];
        return [.. kinds.Where(kind => cluster.Find<CustomResourceDefinition>(null, kind.QualifiedName) is not null).Select(kind => kind.Kind)];
    }
}
