using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Previews;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Operations;
using FlinkDashboard.State;
using FlinkDashboard.Ui.Actions;
using FlinkDashboard.Ui.Editing;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Features;

/// <summary>Tells what follows from an edit of an application or session job, and whether a tool will undo it.</summary>
public sealed class EditTelling(ClusterView cluster, KubernetesApi api, PreviewFacts facts, InstalledSchemas schemas, TimeProvider clock)
{
    /// <summary>What is known around an object.</summary>
    public Surroundings Around(IKubernetesObject one)
    {
        var ns = one.Metadata.Namespace;
        return new Surroundings([.. cluster.In<Pod>(ns)], [.. cluster.In<FlinkStateSnapshot>(ns)], [.. cluster.In<FlinkSessionJob>(ns)], one is FlinkSessionJob job ? cluster.Find<FlinkDeployment>(ns, job.Spec.DeploymentName) : null, clock.GetUtcNow())
        {
            NeverStarted = one is FlinkDeployment && SituationOf.NeverStarted(cluster.Find<Deployment>(ns, one.Metadata.Name))
                && cluster.Status<ConfigMap>().State == WatchState.Live && cluster.Sees<ConfigMap>(ns) && !HaMetadata.Exist(ns, one.Metadata.Name, cluster.In<ConfigMap>(ns))
        };
    }

    /// <summary>A consequence for the dialog.</summary>
    /// <param name="edit">What is sent, for the YAML to commit; null for what no manifest can say.</param>
    public static ActionConsequence Told(IKubernetesObject one, Consequence consequence, SpecEdit? edit) => new(consequence.Summary, consequence.Details, consequence.LosesState, consequence.Command)
    {
        UndoneBy = Ownership.Of(one.Metadata) is { IsReverted: true } owner ? owner.Sentence : null,
        Yaml = edit?.Yaml,
    };

    /// <summary>What an edit does: the operator's rules on the whole spec where it could be read, else on what is known of it.</summary>
    public ActionConsequence Told(IKubernetesObject one, SpecEdit edit, StandingSpec? standing = null)
    {
        var told = Told(one, one is FlinkSessionJob job ? ConsequenceOf.Edit(job, edit, Around(job)) : ConsequenceOf.Edit((FlinkDeployment)one, edit, Around(one)), edit);
        return standing is null ? told : Foreseen(told, EffectPreview.Of(facts.Of(one, edit.ApplyTo(standing.Manifest), standing.Schema)));
    }

    /// <summary>What a whole manifest does in place of the one that stands there.</summary>
    public async Task<ActionConsequence> ToldAsync(IKubernetesObject one, Manifest wanted, CancellationToken stop)
    {
        await facts.GlanceAsync(one, stop);
        var schema = await schemas.OfAsync(one is FlinkSessionJob ? FlinkSessionJob.Info : FlinkDeployment.Info, stop);
        var plain = Told(one, new Consequence("What the operator will do with this cannot be told.", [], false, ""), null) with { Yaml = wanted.With("status", null).Text };
        return Foreseen(plain, EffectPreview.Of(facts.Of(one, wanted, schema)));
    }

    /// <summary>An offer that asks for values and tells what follows while they are typed.</summary>
    public ActionForm Form(IKubernetesObject one, IReadOnlyList<ActionField> fields, Func<ActionValues, SpecEdit> edit, Func<ActionValues, string?, CancellationToken, Task<OperationResult>> run)
    {
        StandingSpec? standing = null;
        return new ActionForm(fields, values => Told(one, edit(values), standing), async (values, why, stop) => Ended(await run(values, why, stop))) { Prepare = async stop => standing = await ReadAsync(one, stop) };
    }

    /// <summary>How an operation ended.</summary>
    public static ActionAnswer Ended(OperationResult result) => new(result.IsGood, result.Message);

    // The preview knows the whole spec and the decision table; where it cannot tell, what is told from the slim record stays.
    private static ActionConsequence Foreseen(ActionConsequence told, EffectPreview preview) => preview.Kind is EffectKind.CannotTell || preview.Sentence.Length == 0 ? told : told with
    {
        Summary = preview.Sentence,
        Details = preview.Notes,
        LosesState = preview.LosesState,
        Problems = [.. preview.Problems.Where(problem => problem.Severity == ProblemSeverity.Error).Select(problem => $"{problem.Field}: {problem.Message}")],
    };

    private async Task<StandingSpec?> ReadAsync(IKubernetesObject one, CancellationToken stop)
    {
        try
        {
            await facts.GlanceAsync(one, stop);
            var manifest = one is FlinkSessionJob
                ? (await api.GetStandingAsync(FlinkSessionJob.Info, one.Metadata.Namespace, one.Metadata.Name, cluster.User.Identity, stop)).Manifest
                : (await api.GetStandingAsync(FlinkDeployment.Info, one.Metadata.Namespace, one.Metadata.Name, cluster.User.Identity, stop)).Manifest;
            return new StandingSpec(manifest, await schemas.OfAsync(one is FlinkSessionJob ? FlinkSessionJob.Info : FlinkDeployment.Info, stop));
        }
        catch (KubernetesApiException)
        {
            return null; // told from the slim record alone; sending will say what is wrong
        }
    }
}

/// <summary>The whole of one object as it stood when a dialog opened.</summary>
/// <param name="Schema">The installed definition of its kind; null when not known.</param>
public sealed record StandingSpec(Manifest Manifest, CrdSchema? Schema);
