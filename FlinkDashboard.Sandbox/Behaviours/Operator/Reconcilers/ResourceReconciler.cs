using FlinkDashboard.Sandbox.Behaviours.Operator.Autoscaling;
using FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;

/// <summary>The reconciling half of a pass, common to all Flink resources (AbstractFlinkResourceReconciler).</summary>
internal abstract class ResourceReconciler
{
    /// <summary>Compares what is wanted with what is deployed, and acts.</summary>
    public IEnumerable<TimeSpan> Reconcile(PassContext pass)
    {
        if (!IsReady(pass))
            yield break;
        if (pass.Status.IsBeforeFirstDeployment)
        {
            foreach (var wait in DeployFirst(pass))
                yield return wait;
            yield break;
        }
        Autoscaler.Run(pass);
        var last = pass.Status.Reconciled!.Spec;
        var diff = SpecDiff.Between(last, pass.Spec, pass.Spec.IsStandalone);
        var type = diff.Type;
        var changed = type != DiffType.Ignore || pass.Status.State == "UPGRADING";
        if (Rollback.IsDue(pass, changed))
        {
            Rollback.Prepare(pass);
            changed = true;
            type = DiffType.Upgrade;
        }
        if (!changed)
        {
            StatusUpdates.Unchanged(pass);
            foreach (var wait in ReconcileOther(pass))
                yield return wait;
            yield break;
        }
        foreach (var wait in Change(pass, diff, type, last))
            yield return wait;
    }

    /// <summary>Takes the resource down for its deletion. Sets <paramref name="done"/> when the finalizer may go.</summary>
    public abstract IEnumerable<TimeSpan> Cleanup(PassContext pass, Action done);

    /// <summary>The resource can be worked on now.</summary>
    protected abstract bool IsReady(PassContext pass);

    /// <summary>Creates cluster or job.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="config">Configuration to deploy.</param>
    /// <param name="savepoint">State to start from.</param>
    /// <param name="needsMetadata">The start relies on HA metadata.</param>
    protected abstract IEnumerable<TimeSpan> Deploy(PassContext pass, FlinkConfig config, string? savepoint, bool needsMetadata);

    /// <summary>Acts on a changed spec. Sets <see cref="Acted"/> to false when it can only wait.</summary>
    protected abstract IEnumerable<TimeSpan> ReconcileSpecChange(PassContext pass, FlinkConfig config, FlinkSpec last, DiffType type);

    /// <summary>Everything that is not a change of spec: recovery, restarts, snapshots.</summary>
    protected abstract IEnumerable<TimeSpan> ReconcileOther(PassContext pass);

    /// <summary>Rescales in place if that is possible.</summary>
    protected virtual bool Scale(PassContext pass, FlinkConfig config) => false;

    /// <summary>The last <see cref="ReconcileSpecChange"/> did something.</summary>
    protected bool Acted { get; set; }

    /// <summary>Configuration to deploy a spec with.</summary>
    protected static FlinkConfig ConfigFor(PassContext pass) => FlinkConfig.ForDeployment(pass.Op.World, pass.Object, pass.Spec, pass.Op.Options.DefaultConfiguration);

    private IEnumerable<TimeSpan> DeployFirst(PassContext pass)
    {
        if (pass.Spec.IsSuspended)
            yield break;
        var savepoint = pass.Spec.JobText("initialSavepointPath");
        if (pass.Spec.Job is not null)
        {
            pass.Status.Job.UpgradeSavepointPath = savepoint;
            pass.Spec.UpgradeMode = savepoint is null ? "stateless" : "savepoint";
        }
        var config = ConfigFor(pass);
        StatusUpdates.BeforeAttempt(pass, config);
        pass.WriteStatus();
        foreach (var wait in Deploy(pass, config, savepoint, needsMetadata: false))
            yield return wait;
        StatusUpdates.Deployed(pass, config);
    }

    private IEnumerable<TimeSpan> Change(PassContext pass, SpecDiff diff, DiffType type, FlinkSpec last)
    {
        var config = ConfigFor(pass);
        if (pass.Status.State is not ("UPGRADING" or "ROLLING_BACK") && pass.Spec.SameAs(pass.Status.DeployedSpec))
        {
            StatusUpdates.Deployed(pass, config);
            yield break;
        }
        if (diff.Fields.Count > 0 && pass.Status.State != "ROLLING_BACK")
        {
            pass.Op.Events.NormalOnce(pass.Object, "SpecChanged", EventComponent.JobManagerDeployment,
                $"{SpecDiff.NameOf(diff.Type)} change(s) detected ({diff}), starting reconciliation.", $"SpecChange: {pass.Object.Generation}");
        }
        if (type != DiffType.Upgrade && type != DiffType.SavepointRedeploy && Scale(pass, config))
        {
            StatusUpdates.Deployed(pass, config);
            yield break;
        }
        Acted = true;
        foreach (var wait in ReconcileSpecChange(pass, config, last, type))
            yield return wait;
        if (Acted)
            yield break;
        foreach (var wait in ReconcileOther(pass))
            yield return wait;
    }
}
