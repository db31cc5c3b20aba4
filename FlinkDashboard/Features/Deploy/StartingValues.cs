using FlinkDashboard.Ui.Editing;

namespace FlinkDashboard.Features.Deploy;

/// <summary>What a starting point is filled with. Texts are empty where nothing is known.</summary>
public sealed record StartingValues
{
    /// <summary>metadata.name.</summary>
    public string Name { get; init; } = "";

    /// <summary>metadata.namespace.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Root of state, without a slash at its end.</summary>
    public string Storage { get; init; } = "";

    /// <summary>Service account of the pods.</summary>
    public string Account { get; init; } = "";

    /// <summary>Flink image (Apache's operator).</summary>
    public string Image { get; init; } = "";

    /// <summary>Image with Python.</summary>
    public string PythonImage { get; init; } = "";

    /// <summary>flinkVersion.</summary>
    public string Version { get; init; } = "";

    /// <summary>Time between checkpoints.</summary>
    public string Interval { get; init; } = "";

    /// <summary>EMR: release label; empty for Apache's operator.</summary>
    public string Release { get; init; } = "";

    /// <summary>EMR: IAM role.</summary>
    public string Role { get; init; } = "";

    /// <summary>EMR: CloudWatch log group.</summary>
    public string LogGroup { get; init; } = "";

    /// <summary>YuniKorn queue.</summary>
    public string Queue { get; init; } = "";

    /// <summary>Session cluster of a session job.</summary>
    public string Cluster { get; init; } = "";

    /// <summary>Its Flink version.</summary>
    public string ClusterVersion { get; init; } = "";

    /// <summary>Where the pods go; null leaves it to the scheduler.</summary>
    public NodeChoice? Pool { get; init; }

    /// <summary>The definition of this kind has EMR's fields.</summary>
    public bool IsEmr { get; init; }

    /// <summary>What a starting point still lacks, as field and sentence; empty when it can be filled.</summary>
    public IReadOnlyList<(string Field, string Sentence)> Missing(StartingPoint start)
    {
        var missing = new List<(string, string)>();
        void Need(string field, string value, string sentence)
        {
            if (value.Length == 0)
                missing.Add((field, sentence));
        }
        Need("namespace", Namespace, "Choose a namespace.");
        Need("name", Name, "Give it a name.");
        if (start.Needs.HasFlag(StartingNeed.Storage))
            Need("storage", Storage, "Say where its state goes: s3://bucket or s3://bucket/prefix.");
        if (start.Needs.HasFlag(StartingNeed.Python))
            Need("python", PythonImage, "Name a Flink image that holds a Python interpreter; the official image does not.");
        if (start.Needs.HasFlag(StartingNeed.Cluster))
            Need("cluster", Cluster, "Choose the session cluster.");
        if (!start.Needs.HasFlag(StartingNeed.Cluster) && IsEmr)
            Need("release", Release, "Name the EMR release.");
        return missing;
    }

    /// <summary>Sets of values for repeated lines.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> Lists => new Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>>
    {
        ["taint"] = [.. (Pool?.Taints ?? Ui.Live.Values<Model.Kinds.Taint>.None).Select(taint => new Dictionary<string, string>
        {
            ["key"] = taint.Key ?? "",
            ["operator"] = string.IsNullOrEmpty(taint.Value) ? "Exists" : "Equal",
            ["value"] = taint.Value ?? "",
            ["effect"] = taint.Effect ?? "",
        })],
    };

    /// <summary>The words of the templates.</summary>
    internal IReadOnlyDictionary<string, string> Words(StartingPoint start) => new Dictionary<string, string>
    {
        ["name"] = Name,
        ["namespace"] = Namespace,
        ["storage"] = Storage.TrimEnd('/'),
        ["account"] = Account,
        ["image"] = Image,
        ["pythonImage"] = PythonImage,
        ["version"] = Version,
        ["patch"] = FlinkReleases.Patch(Version),
        ["interval"] = Interval,
        ["release"] = Release,
        ["role"] = Role,
        ["logGroup"] = LogGroup,
        ["queue"] = Queue,
        ["cluster"] = Cluster,
        ["exampleJar"] = start.Needs.HasFlag(StartingNeed.Cluster) ? FlinkReleases.ExampleJar(ClusterVersion) : "",
        ["emr"] = IsEmr ? "yes" : "",
        ["template"] = Pool is not null || Queue.Length > 0 ? "yes" : "",
        ["pool"] = Pool?.Name ?? "",
        ["poolKey"] = Pool?.Key ?? "",
        ["poolValue"] = Pool?.Value ?? "",
        ["taints"] = Pool?.Taints.Count > 0 ? "yes" : "",
    };
}
