using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Previews;
using FlinkDashboard.State;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Ui.Editing;

/// <summary>Gathers what a preview needs from the caches: the same facts for every page that tells what will happen.</summary>
public sealed class PreviewFacts(ClusterView cluster, ClusterState state, InstalledSchemas schemas, TimeProvider clock)
{
    /// <summary>The input of a preview of what would be made of an object.</summary>
    /// <param name="current">As it stands; null for what does not exist yet.</param>
    /// <param name="wanted">The manifest to be applied.</param>
    /// <param name="schema">The installed definition of its kind; null when not known.</param>
    public PreviewInput Of(IKubernetesObject? current, Manifest wanted, CrdSchema? schema)
    {
        var ns = current?.Metadata.Namespace ?? wanted.Namespace ?? "";
        var name = current?.Metadata.Name ?? wanted.Name ?? "";
        var session = (current as FlinkSessionJob)?.Spec.DeploymentName ?? (wanted.Kind == FlinkSessionJob.Info.Kind ? wanted.Value("spec.deploymentName") : null);
        var process = session ?? name;
        var release = Operator(schemas.Known(FlinkDeployment.Info) ?? (wanted.Kind == FlinkDeployment.Info.Kind ? schema : null));
        return new PreviewInput(current, wanted, clock.GetUtcNow())
        {
            OperatorVersion = release.Version,
            OperatorAtLeast = release.AtLeast,
            Schema = schema,
            HasHaMetadata = cluster.Status<ConfigMap>().State == WatchState.Live && cluster.Sees<ConfigMap>(ns) ? HaMetadata.Exist(ns, process, cluster.In<ConfigMap>(ns)) : null,
            Snapshots = [.. cluster.In<FlinkStateSnapshot>(ns)],
            SessionCluster = session is null ? null : cluster.Find<FlinkDeployment>(ns, session),
            SessionJobs = [.. cluster.In<FlinkSessionJob>(ns)],
            ActiveChild = current is FlinkBlueGreenDeployment parent && BlueGreenChild.NameOf(parent) is { } child ? cluster.Find<FlinkDeployment>(ns, child) : null,
            JobManager = current is null ? null : cluster.Find<Deployment>(ns, process),
        };
    }

    /// <summary>What is known of the installed operator's version. Read as the dashboard's own account: a version is no secret.</summary>
    /// <param name="applications">The installed definition of FlinkDeployment; null when not known.</param>
    private OperatorEvidence Operator(CrdSchema? applications)
    {
        var kinds = state.Now<CustomResourceDefinition>();
        return OperatorEvidence.Of(Operators, applications, kinds.Find(null, FlinkStateSnapshot.Info.QualifiedName) is not null, kinds.Find(null, FlinkBlueGreenDeployment.Info.QualifiedName) is not null);
    }

    /// <summary>EMR release of the installed operator, for instance <c>7.12.0</c>; null when it is none of Amazon's.</summary>
    public string? OperatorEmrRelease => Operators.SelectMany(one => one.Spec.Template?.Spec?.Containers ?? []).Select(one => one.Image ?? "")
        .Where(image => image.Contains("emr-on-eks/", StringComparison.Ordinal) && image.LastIndexOf(':') > image.LastIndexOf('/')).Select(image => image[(image.LastIndexOf(':') + 1)..]).FirstOrDefault();

    private IEnumerable<Deployment> Operators => state.Now<Deployment>().All
        .Where(one => one.Metadata.Labels["app.kubernetes.io/name"] == "flink-kubernetes-operator" || one.Metadata.Name.Contains("flink-kubernetes-operator", StringComparison.Ordinal));
}
