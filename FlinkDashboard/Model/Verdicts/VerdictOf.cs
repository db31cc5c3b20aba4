using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Verdicts;

/// <summary>
/// The verdicts: pure functions of what is known at one moment. lifecycleState alone is not enough: a job that restarts for ever stays
/// STABLE, and so does one that has finished; so JobManager status, job state, error, generation, pods and events are all asked, and the
/// most worrying answer counts.
/// </summary>
public static class VerdictOf
{
    /// <summary>The verdict on an application or session cluster.</summary>
    public static Verdict Deployment(FlinkDeployment d, Evidence evidence) => DeploymentVerdict.Of(d, evidence).Verdict();

    /// <summary>The verdict on a session job.</summary>
    /// <param name="j">The job.</param>
    /// <param name="cluster">Its FlinkDeployment; null when there is none of that name.</param>
    /// <param name="evidence">The rest.</param>
    public static Verdict SessionJob(FlinkSessionJob j, FlinkDeployment? cluster, Evidence evidence) => SessionJobVerdict.Of(j, cluster, evidence).Verdict();

    /// <summary>The verdict on a snapshot.</summary>
    public static Verdict Snapshot(FlinkStateSnapshot s, Evidence evidence) => SnapshotVerdict.Of(s, evidence).Verdict();

    /// <summary>The verdict on a blue/green pair; its two deployments have verdicts of their own.</summary>
    public static Verdict BlueGreen(FlinkBlueGreenDeployment b, Evidence evidence) => BlueGreenVerdict.Of(b, evidence).Verdict();
}
