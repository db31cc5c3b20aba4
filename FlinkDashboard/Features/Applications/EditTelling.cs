using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Operations;
using FlinkDashboard.Ui.Actions;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Features.Applications;

/// <summary>Tells what follows from an edit of an application, and whether a tool will undo it.</summary>
public sealed class EditTelling(ClusterView cluster, KubernetesApi api, TimeProvider clock)
{
    /// <summary>What is known around an application.</summary>
    public Surroundings Around(FlinkDeployment app)
    {
        var ns = app.Metadata.Namespace;
        return new Surroundings([.. cluster.In<Pod>(ns)], [.. cluster.In<FlinkStateSnapshot>(ns)], [.. cluster.In<FlinkSessionJob>(ns)], null, clock.GetUtcNow());
    }

    /// <summary>A consequence for the dialog.</summary>
    /// <param name="edit">What is sent, for the YAML to commit; null for what no manifest can say.</param>
    public static ActionConsequence Told(FlinkDeployment app, Consequence consequence, SpecEdit? edit) => new(consequence.Summary, consequence.Details, consequence.LosesState, consequence.Command)
    {
        UndoneBy = Ownership.Of(app.Metadata) is { IsReverted: true, Tool: { } tool } ? tool : null,
        Yaml = edit?.Yaml,
    };

    /// <summary>What an edit does: the operator's rules on the whole spec where it could be read, else on what is known of it.</summary>
    public ActionConsequence Told(FlinkDeployment app, SpecEdit edit, StandingSpec? standing)
    {
        var told = Told(app, ConsequenceOf.Edit(app, edit, Around(app)), edit);
        return standing?.Manifest is { } manifest ? standing.Preview(told, cluster, app, edit.ApplyTo(manifest), clock.GetUtcNow()) : told;
    }

    /// <summary>An offer that asks for values and tells what follows while they are typed.</summary>
    public ActionForm Form(FlinkDeployment app, IReadOnlyList<ActionField> fields, Func<ActionValues, SpecEdit> edit, Func<ActionValues, string?, CancellationToken, Task<OperationResult>> run)
    {
        var standing = new StandingSpec();
        return new ActionForm(fields, values => Told(app, edit(values), standing), async (values, why, stop) => Ended(await run(values, why, stop))) { Prepare = stop => standing.ReadAsync(api, app, cluster.User, stop) };
    }

    /// <summary>How an operation ended.</summary>
    public static ActionAnswer Ended(OperationResult result) => new(result.IsGood, result.Message);
}

/// <summary>The whole spec of one application, read when a dialog opens.</summary>
public sealed class StandingSpec
{
    /// <summary>Null until it is read, or when it could not be.</summary>
    public Manifest? Manifest { get; private set; }

    /// <summary>Reads it as the viewer.</summary>
    public async Task ReadAsync(KubernetesApi api, FlinkDeployment app, Access.CurrentUser user, CancellationToken stop)
    {
        try
        {
            Manifest = (await api.GetStandingAsync(FlinkDeployment.Info, app.Metadata.Namespace, app.Metadata.Name, user.Identity, stop)).Manifest;
        }
        catch (KubernetesApiException)
        {
            // What is told then rests on the slim record alone; sending will say what is wrong.
        }
    }

    /// <summary>The consequence with the words of the effect preview, where that can tell.</summary>
    public ActionConsequence Preview(ActionConsequence told, ClusterView cluster, FlinkDeployment app, Manifest wanted, DateTimeOffset now) => told;
}
