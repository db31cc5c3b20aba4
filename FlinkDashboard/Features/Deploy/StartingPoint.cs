using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Features.Deploy;

/// <summary>What a starting point cannot do without.</summary>
[Flags]
public enum StartingNeed
{
    /// <summary>Name and namespace only.</summary>
    None = 0,

    /// <summary>A place for state.</summary>
    Storage = 1,

    /// <summary>Nodes with arm64 processors.</summary>
    Arm = 2,

    /// <summary>A managed node group that is not for add-ons.</summary>
    NodeGroup = 4,

    /// <summary>An image with a Python interpreter.</summary>
    Python = 8,

    /// <summary>A session cluster in the namespace.</summary>
    Cluster = 16,
}

/// <summary>One entry of the catalogue: a manifest that works as soon as its values are filled in.</summary>
/// <param name="Id">Name in addresses and of the template.</param>
/// <param name="Title">Name on the screen.</param>
/// <param name="Summary">What one gets, in one sentence.</param>
/// <param name="Kind">Kind of the object.</param>
/// <param name="Needs">What must be known.</param>
public sealed record StartingPoint(string Id, string Title, string Summary, KindInfo Kind, StartingNeed Needs)
{
    /// <summary>The catalogue, the common first.</summary>
    public static IReadOnlyList<StartingPoint> All { get; } =
    [
        new("basic", "Application", "One job in a cluster of its own. Flink itself asks Kubernetes for TaskManagers; upgrades go through a savepoint.", FlinkDeployment.Info, StartingNeed.Storage),
        new("autoscaler", "Application with autoscaler", "The operator changes parallelism by load. The job simulates a load that comes and goes.", FlinkDeployment.Info, StartingNeed.Storage),
        new("graviton", "Application on Graviton", "As the first, on nodes with arm64 processors.", FlinkDeployment.Info, StartingNeed.Storage | StartingNeed.Arm),
        new("cluster-autoscaler", "Application on a node group", "As the first, on a managed node group that the Cluster Autoscaler grows, instead of Karpenter's nodes.", FlinkDeployment.Info, StartingNeed.Storage | StartingNeed.NodeGroup),
        new("standalone", "Standalone application", "The operator makes the TaskManagers; a new parallelism is applied while the JobManager stays.", FlinkDeployment.Info, StartingNeed.Storage),
        new("pyflink", "PyFlink application", "A Python program, started by Flink's Python driver.", FlinkDeployment.Info, StartingNeed.Storage | StartingNeed.Python),
        new("session-cluster", "Session cluster", "A cluster without a job; session jobs share it.", FlinkDeployment.Info, StartingNeed.Storage),
        new("session-job", "Session job", "A job for a session cluster that runs already.", FlinkSessionJob.Info, StartingNeed.Cluster),
        new("blue-green", "Blue/green application", "A change starts a second cluster; the first goes when the second runs.", FlinkBlueGreenDeployment.Info, StartingNeed.Storage),
    ];

    /// <summary>The entry of an id; null when there is none.</summary>
    public static StartingPoint? Find(string? id) => All.FirstOrDefault(one => one.Id == id);

    /// <summary>The template as it is kept.</summary>
    public string Template
    {
        get
        {
            using var reader = new StreamReader(typeof(StartingPoint).Assembly.GetManifestResourceStream($"StartingPoints/{Id}.yaml")!);
            return reader.ReadToEnd();
        }
    }

    /// <summary>Why it cannot be used in this cluster or namespace; null when it can.</summary>
    public string? Refusal(DeployFacts facts) => this switch
    {
        { Kind: var kind } when !facts.Kinds.Contains(kind.Kind) => $"This cluster does not know {Kind.Kind}: {(Kind.Kind == "FlinkBlueGreenDeployment" ? "operators before 1.14 lack it" : "the operator is not installed")}.",
        _ when Needs.HasFlag(StartingNeed.Arm) && facts.Pools.Count > 0 && !facts.Pools.Any(pool => pool.Architecture == "arm64") => "No node pool here has arm64 nodes.",
        _ when Needs.HasFlag(StartingNeed.NodeGroup) && !facts.Pools.Any(pool => pool is { IsKarpenter: false, IsCore: false }) => "The only managed node groups here are for add-ons: the job would land among them.",
        _ when Needs.HasFlag(StartingNeed.Cluster) && facts.Clusters.Count == 0 => $"There is no session cluster in {facts.Namespace}. Deploy one first.",
        _ => null,
    };

    /// <summary>The manifest.</summary>
    /// <exception cref="InvalidOperationException">A needed value is missing; <see cref="StartingValues.Missing"/> names it beforehand.</exception>
    public string Fill(StartingValues values) => TemplateText.Fill(Template, values.Words(this), values.Lists);
}
