using FlinkDashboard.Access;
using FlinkDashboard.Configuration;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Previews;
using FlinkDashboard.Operations;
using FlinkDashboard.State;
using FlinkDashboard.Ui.Editing;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Features.Deploy;

/// <summary>What the pages of this folder ask of the cluster: definitions, choices, judgements.</summary>
public sealed class DeployDesk(ClusterView cluster, ViewerRights rights, InstalledSchemas schemas, DashboardOptions options, PreviewFacts facts, ManifestOperations operations)
{
    private static readonly KindInfo[] Kinds = [FlinkDeployment.Info, FlinkSessionJob.Info, FlinkBlueGreenDeployment.Info, FlinkStateSnapshot.Info];

    /// <summary>The kind of a name; null for kinds that are not edited here.</summary>
    public static KindInfo? KindOf(string? name) => Kinds.FirstOrDefault(kind => kind.Kind == name);

    /// <summary>The cluster as this viewer sees it.</summary>
    public ClusterView Cluster => cluster;

    /// <summary>The installed definition of a kind; null when it is not known.</summary>
    public async Task<CrdSchema?> SchemaAsync(string? kind, CancellationToken stop)
    {
        var deployments = await schemas.OfAsync(FlinkDeployment.Info, stop); // tells the operator's release, whatever is edited
        return KindOf(kind) is not { } info ? null : info == FlinkDeployment.Info ? deployments : await schemas.OfAsync(info, stop);
    }

    /// <summary>What a namespace and the settings say.</summary>
    public DeployFacts Facts(string ns) => DeployFacts.From(cluster, options.Defaults, ns);

    /// <summary>Namespaces with the right to create a kind there, those with Flink in them first.</summary>
    public IReadOnlyList<(string Name, Decision May)> Namespaces(KindInfo kind)
    {
        var used = cluster.All<FlinkDeployment>().Select(app => app.Metadata.Namespace).ToHashSet();
        var names = cluster.All<Namespace>().Where(one => one.Metadata.DeletionTimestamp is null).Select(one => one.Metadata.Name).Concat(used).Distinct();
        return [.. names.Where(name => used.Contains(name) || !name.StartsWith("kube-", StringComparison.Ordinal)).OrderBy(name => !used.Contains(name)).ThenBy(name => name, StringComparer.Ordinal).Select(name => (name, rights.May("create", kind, name, "")))];
    }

    /// <summary>What the cluster offers for the form.</summary>
    public FormOptions Options(string ns, KindInfo kind, bool exists)
    {
        var facts = Facts(ns);
        return new FormOptions
        {
            Namespaces = exists ? [ns] : [.. Namespaces(kind).Where(one => one.May.Allowed).Select(one => one.Name)],
            Accounts = facts.Accounts,
            Pools = facts.Pools,
            Clusters = [.. facts.Clusters.Select(one => one.Name)],
            Queues = facts.Queues,
            Releases = [.. cluster.All<FlinkDeployment>().Select(app => app.Spec.EmrReleaseLabel).OfType<string>().Append(facts.Release.Value).Where(label => label.Length > 0).Distinct()],
            Jars = field => builder =>
            {
                builder.OpenComponent<JarChoice>(0);
                builder.AddComponentParameter(1, nameof(JarChoice.Namespace), field.Namespace);
                builder.AddComponentParameter(2, nameof(JarChoice.Value), field.Value);
                builder.AddComponentParameter(3, nameof(JarChoice.Choose), field.Choose);
                builder.CloseComponent();
            },
            Exists = exists,
        };
    }

    /// <summary>What is wrong with a draft, as far as it can be told without asking. What was wrong already does not stand in the way of a change.</summary>
    public IReadOnlyList<FieldProblem> Check(Draft draft)
    {
        if (draft.Manifest.Text.Trim().Length == 0)
            return [];
        IReadOnlyList<FieldProblem> problems = [.. Taken(draft), .. SecretText.Unknown(draft.Whole), .. ManifestCheck.Of(draft.Whole, Context(draft))];
        if (draft.Before is not { Problem: null } before)
            return problems;
        var old = ManifestCheck.Of(before, Context(draft)).Select(one => (one.Field, one.Message)).ToHashSet();
        return [.. problems.Select(one => one.Severity == ProblemSeverity.Error && old.Contains((one.Field, one.Message)) ? one with { Severity = ProblemSeverity.Warning, Message = $"{one.Message} (So it stands already.)" } : one)];
    }

    /// <summary>What the operator will do with it, and checks beforehand.</summary>
    public (EffectPreview? Preview, IReadOnlyList<PreflightItem> Checks) Preview(Draft draft)
    {
        if (draft.Manifest.Problem is not null || draft.Manifest.Kind is not ("FlinkDeployment" or "FlinkSessionJob" or "FlinkBlueGreenDeployment"))
            return (null, []);
        var input = facts.Of(draft.Current, draft.Whole, draft.Schema);
        var ns = draft.Namespace;
        var room = new PreflightRoom(Seen<ResourceQuota>(ns), Seen<Node>(null), Seen<Pod>(null), Seen<NodePool>(null));
        return (EffectPreview.Of(input), Preflight.Of(input, room));
    }

    /// <summary>Looks at the checkpoints of the running job, so that a preview knows how old its state is.</summary>
    public Task GlanceAsync(IKubernetesObject? current, CancellationToken stop) => facts.GlanceAsync(current, stop);

    private IEnumerable<FieldProblem> Taken(Draft draft)
    {
        var (kind, ns, name) = (draft.Manifest.Kind, draft.Namespace, draft.Name);
        var there = draft.Before is null && name.Length > 0 && (kind == FlinkDeployment.Info.Kind ? cluster.Find<FlinkDeployment>(ns, name) is not null
            : kind == FlinkSessionJob.Info.Kind ? cluster.Find<FlinkSessionJob>(ns, name) is not null : kind == FlinkBlueGreenDeployment.Info.Kind && cluster.Find<FlinkBlueGreenDeployment>(ns, name) is not null);
        return !there ? [] : [new FieldProblem("metadata.name", $"{name} exists already in {ns}: choose another name, or edit that one.", ProblemSeverity.Error, ProblemSource.Form) { Rule = "form.name", Line = draft.Manifest.LineOf("metadata.name") }];
    }

    private ManifestContext Context(Draft draft) => new()
    {
        Schema = draft.Schema,
        Current = draft.Current,
        Deployments = Seen<FlinkDeployment>(draft.Namespace),
        SessionJobs = Seen<FlinkSessionJob>(draft.Namespace),
        ServiceAccounts = Seen<ServiceAccount>(draft.Namespace)?.Select(one => one.Metadata.Name).ToArray(),
        Nodes = Seen<Node>(null),
        NodePools = Seen<NodePool>(null),
        Defaults = facts.DefaultsOf(draft.Whole),
        OperatorEmrRelease = facts.OperatorEmrRelease,
    };

    // Null where it is not known whether there are any: nothing may be concluded from it.
    private IReadOnlyCollection<T>? Seen<T>(string? ns) where T : class, IKubernetesObject<T> =>
        cluster.Status<T>().State is not (WatchState.Live or WatchState.Stale) ? null : ns is null ? cluster.All<T>() : [.. cluster.In<T>(ns)];

    /// <summary>Where an object is shown.</summary>
    public static string AddressOf(Manifest manifest) => manifest.Kind switch
    {
        "FlinkSessionJob" => $"/sessions/{manifest.Namespace}/{manifest.Name}",
        "FlinkBlueGreenDeployment" => $"/bluegreen/{manifest.Namespace}/{manifest.Name}",
        _ => $"/applications/{manifest.Namespace}/{manifest.Name}",
    };

    /// <summary>Asks the API server, and so the operator's webhook, without storing anything.</summary>
    public async Task<DeskAnswer> CheckAsync(Draft draft) => Told(await operations.CheckAsync(draft.Whole, draft.Before, cluster.User, CancellationToken.None));

    /// <summary>Creates the object.</summary>
    public async Task<DeskAnswer> CreateAsync(Draft draft, string? reason) => Told(await operations.CreateAsync(draft.Whole, cluster.User, reason, CancellationToken.None));

    /// <summary>Changes the object.</summary>
    public async Task<DeskAnswer> ReplaceAsync(Draft draft, string? reason) => Told(await operations.ReplaceAsync(draft.Before!, draft.Whole, cluster.User, reason, CancellationToken.None));

    private static DeskAnswer Told(ManifestResult result) => new(result.IsGood, result.Message, result.Problems, result.Conflict);

    /// <summary>The object as it stands in the caches, when this viewer may see it.</summary>
    public IKubernetesObject? Standing(KindInfo kind, string ns, string name) => kind.Kind switch
    {
        nameof(FlinkSessionJob) => Cluster.Find<FlinkSessionJob>(ns, name),
        nameof(FlinkBlueGreenDeployment) => Cluster.Find<FlinkBlueGreenDeployment>(ns, name),
        _ => Cluster.Find<FlinkDeployment>(ns, name)
    };
}
