using FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Status;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;

/// <summary>FlinkSessionJobs: jobs submitted to a session cluster through REST (SessionJobReconciler).</summary>
/// <param name="clusterStatus">Status of the pass's session cluster, null while it is missing.</param>
internal sealed class SessionJobReconciler(Func<PassContext, ResourceStatus?> clusterStatus) : JobReconciler
{
    private static readonly TimeSpan UploadTime = TimeSpan.FromMilliseconds(300);

    /// <inheritdoc />
    public override IEnumerable<TimeSpan> Cleanup(PassContext pass, Action done)
    {
        var status = pass.Status;
        var cluster = clusterStatus(pass);
        if (IsOver(pass, cluster))
        {
            done();
            yield break;
        }
        if (cluster!.JobManager != "READY" || pass.Rest is not { } rest || status.Job.State == "CANCELLING")
            yield break;
        if (FlinkOptions.Switch(pass.ObserveConfig, "job.savepoint-on-deletion"))
        {
            foreach (var wait in StopWithSavepoint(pass, rest))
                yield return wait;
            done();
            yield break;
        }
        Cancel(pass, rest);
    }

    /// <inheritdoc />
    protected override bool IsReady(PassContext pass) => clusterStatus(pass)?.JobManager == "READY" && pass.Rest is not null && !AwaitsSavepoint(pass);

    /// <inheritdoc />
    protected override IEnumerable<TimeSpan> Deploy(PassContext pass, FlinkConfig config, string? savepoint, bool needsMetadata)
    {
        var status = pass.Status;
        pass.Op.Events.Normal(pass.Object, "Submit", EventComponent.Job, "Starting deployment");
        if (status.Job.State != "RECONCILING" || status.Job.JobId is null)
            status.Job.JobId = pass.Op.World.Hex(32);
        status.Job.State = "RECONCILING";
        pass.WriteStatus();
        yield return UploadTime;
        if (pass.Rest is not { } rest)
            throw new ReconciliationFailure("Failed to submit the job: the session cluster does not answer");
        try
        {
            rest.RunJar(new JarRun(pass.Spec.JobText("jarURI") ?? "")
            {
                EntryClass = pass.Spec.JobText("entryClass"),
                Arguments = [.. pass.Spec.Job!["args"]!.AsArray().Select(a => (string)a!)],
                Parallelism = pass.Spec.JobNumber("parallelism") is > 0 and { } p ? (int)p : null,
                JobId = status.Job.JobId,
                SavepointPath = savepoint,
                AllowNonRestored = (bool?)pass.Spec.Job["allowNonRestoredState"] == true,
                Configuration = pass.Spec.Configuration,
            });
        }
        catch (FlinkRefusal e)
        {
            throw new ReconciliationFailure(e.Message);
        }
    }

    /// <inheritdoc />
    protected override IEnumerable<TimeSpan> Decide(PassContext pass, FlinkConfig config, Action<UpgradeDecision> decided)
    {
        decided(UpgradeRules.Decide(CaseOf(pass, "READY")));
        yield break;
    }

    /// <inheritdoc />
    protected override IEnumerable<TimeSpan> Stop(PassContext pass, StopWay way, Action pending)
    {
        var status = pass.Status.Job;
        if (way == StopWay.Nothing || pass.Rest is not { } rest || (way is StopWay.Stateless or StopWay.KeepMetadata && status.IsTerminal))
        {
            status.State = "FINISHED";
            yield break;
        }
        if (way == StopWay.Savepoint)
        {
            foreach (var wait in StopWithSavepoint(pass, rest))
                yield return wait;
            status.JobId = null;
            yield break;
        }
        Cancel(pass, rest);
        pending();
    }

    /// <inheritdoc />
    protected override bool Scale(PassContext pass, FlinkConfig config) => InPlaceScaling.Try(pass, config);

    private static bool IsOver(PassContext pass, ResourceStatus? cluster)
    {
        var status = pass.Status;
        return status.IsBeforeFirstDeployment || status.Job.IsTerminal || status.IsSuspended || status.Error == "Job Not Found" || status.Job.JobId is null
            || cluster is null
            || (cluster.JobManager != "READY" && !FlinkOptions.IsHighlyAvailable(pass.ObserveConfig));
    }

    private static void Cancel(PassContext pass, FlinkCluster rest)
    {
        try
        {
            rest.Cancel(pass.Status.Job.JobId!);
            pass.Status.Job.State = "CANCELLING";
        }
        catch (FlinkRefusal e) when (e.Status is 404 or 409)
        {
            pass.Status.Job.State = "FINISHED";
        }
    }
}
