using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Previews;

/// <summary>Preflight checks about the job and its state.</summary>
internal static class StateChecks
{
    public static IEnumerable<PreflightItem> Of(PreviewInput input, EffectPreview preview, Standing now, JsonObject wanted)
    {
        if (now.Last!["job"] is null)
            yield break;
        var after = EffectiveConfiguration.Of(input, "", wanted);
        yield return Job(now, preview);
        yield return Checkpoint(input, preview, after);
        yield return Metadata(input, now, preview);
        yield return SavepointDirectory(preview, after);
        yield return MaxParallelism(input, now, wanted, preview);
        if (!now.IsSessionJob)
            yield return Version(now, wanted);
    }

    private static PreflightItem Job(Standing now, EffectPreview preview) => (now.JobState, Standing.IsSuspended(now.Last)) switch
    {
        (_, true) => new("Job", PreflightState.Go, "The job is stopped and will be started."),
        ("RUNNING", _) => new("Job", PreflightState.Go, "The job is RUNNING."),
        ("FINISHED" or "FAILED" or "CANCELED", _) => new("Job", PreflightState.Risky, $"The job is {now.JobState}: it is not stopped but started anew."),
        (null or "RECONCILING", _) => new("Job", PreflightState.Risky, "The job does not answer now: no savepoint can be taken."),
        _ when preview.Stop is StopWay.Wait or StopWay.Fail => new("Job", PreflightState.NoGo, $"The job is {now.JobState}: {preview.Sentence}"),
        _ => new("Job", PreflightState.Risky, $"The job is {now.JobState}, not RUNNING: no savepoint can be taken."),
    };

    private static PreflightItem Checkpoint(PreviewInput input, EffectPreview preview, DeploymentDraft after)
    {
        const string name = "Checkpoint age";
        if (preview.Restore is not (RestoreFrom.HaMetadata or RestoreFrom.LastCheckpoint))
            return new(name, PreflightState.Go, preview.Restore == RestoreFrom.NewSavepoint ? "A savepoint is taken, so the last checkpoint does not matter." : "No checkpoint is used.");
        if (preview.State?.At is not { } at)
            return new(name, PreflightState.Unknown, "When the last checkpoint was completed is not known.");
        var (age, words) = (input.Now - at, AgeText.Of(input.Now - at));
        var limit = FlinkDuration.Parse(after.Value("kubernetes.operator.job.upgrade.last-state.max.allowed.checkpoint.age"));
        var interval = FlinkDuration.Parse(after.Value("execution.checkpointing.interval")) ?? TimeSpan.FromMinutes(5);
        return age > limit ? new(name, PreflightState.Risky, $"The last checkpoint is {words} old, more than the {AgeText.Of(limit.Value)} allowed: the operator takes a savepoint instead.")
            : age > interval * 3 ? new(name, PreflightState.Risky, $"The last checkpoint is {words} old, more than three intervals of {AgeText.Of(interval)}: that much is done again.")
            : new(name, PreflightState.Go, $"The last checkpoint is {words} old.");
    }

    private static PreflightItem Metadata(PreviewInput input, Standing now, EffectPreview preview)
    {
        const string name = "High-availability metadata";
        if (preview.Row == 12)
            return new(name, PreflightState.NoGo, "The JobManager is gone and its metadata with it: state must be restored by hand.");
        if (preview.Restore != RestoreFrom.HaMetadata)
            return new(name, PreflightState.Go, "Not needed: the job does not start from them.");
        return input.HasHaMetadata switch
        {
            true => new(name, PreflightState.Go, "They are there."),
            false => new(name, PreflightState.NoGo, "They are missing: the start would fail."),
            null => new(name, PreflightState.Unknown, now.JobState == "RUNNING" ? "The running job must have written them; they were not looked at." : "They were not looked at."),
        };
    }

    private static PreflightItem SavepointDirectory(EffectPreview preview, DeploymentDraft after)
    {
        const string name = "Savepoint directory";
        var directory = after.Value("execution.checkpointing.savepoint-dir", "state.savepoints.dir");
        return (preview.Stop, directory) switch
        {
            (StopWay.StopWithSavepoint, null) => new(name, PreflightState.NoGo, "No savepoint directory is configured (state.savepoints.dir)."),
            (StopWay.StopWithSavepoint, var place) => new(name, PreflightState.Go, $"Savepoints go to {place}."),
            (_, null) => new(name, PreflightState.Risky, "Not needed now, but none is configured: no savepoint can be taken by hand."),
            _ => new(name, PreflightState.Go, "Not needed now."),
        };
    }

    // Flink fixes the number of key groups at the first start: state of a job cannot be spread over more.
    private static PreflightItem MaxParallelism(PreviewInput input, Standing now, JsonObject wanted, EffectPreview preview)
    {
        const string name = "Max parallelism";
        var (before, after) = (EffectiveConfiguration.Of(input, "", now.Running!), EffectiveConfiguration.Of(input, "", wanted));
        var parallelism = Parallelism(wanted, after);
        var (old, configured) = (before.Number("pipeline.max-parallelism"), after.Number("pipeline.max-parallelism"));
        if (parallelism > configured)
            return new(name, PreflightState.NoGo, Text($"Parallelism {parallelism} is more than pipeline.max-parallelism {configured}."));
        if (preview.Restore is RestoreFrom.EmptyState or RestoreFrom.Undecided)
            return new(name, PreflightState.Go, "No state is restored, so it does not bind.");
        if (old is not null && configured is not null && old != configured)
            return new(name, PreflightState.NoGo, Text($"pipeline.max-parallelism changes from {old} to {configured}: state of the old number cannot be restored."));
        var limit = configured ?? old ?? Derived(Parallelism(now.Running!, before) ?? 1);
        return parallelism > limit
            ? new(name, PreflightState.NoGo, Text($"Parallelism {parallelism} is more than {limit}, the number of key groups that Flink chose for the state: it cannot be restored."))
            : configured is null && parallelism > limit / 2
                ? new(name, PreflightState.Risky, Text($"pipeline.max-parallelism is not set; the state probably has {limit} key groups, which parallelism {parallelism} comes near."))
                : new(name, PreflightState.Go, Text($"Parallelism {parallelism} of at most {limit}."));
    }

    private static double? Parallelism(JsonObject spec, DeploymentDraft draft) =>
        spec.Number("taskManager", "replicas") is { } replicas ? replicas * (draft.Number("taskmanager.numberOfTaskSlots") ?? 1) : spec.Number("job", "parallelism");

    // KeyGroupRangeAssignment of Flink: one and a half times the parallelism, rounded up to a power of two, between 128 and 32768.
    private static double Derived(double parallelism)
    {
        var groups = 128;
        while (groups < 32768 && groups < parallelism + (int)(parallelism / 2))
            groups *= 2;
        return groups;
    }

    private static PreflightItem Version(Standing now, JsonObject wanted)
    {
        const string name = "Flink version";
        var (from, to) = (Of(now.Running!.Text("flinkVersion")), Of(wanted.Text("flinkVersion")));
        if (from is not { } old || to is not { } next)
            return new(name, PreflightState.Unknown, "The versions cannot be compared.");
        if (old == next)
            return new(name, PreflightState.Go, $"Stays {old.Major}.{old.Minor}.");
        var words = $"{old.Major}.{old.Minor} to {next.Major}.{next.Minor}";
        if (next.CompareTo(old) < 0)
            return new(name, PreflightState.NoGo, $"Back from {words}: state written by a newer Flink cannot be read by an older one.");
        return old.Major != next.Major ? new(name, PreflightState.Risky, $"From {words}: a new major version drops interfaces; jar and state must be built for it.")
            : next.Minor - old.Minor > 2 ? new(name, PreflightState.Risky, $"From {words}: more than two versions at once; state is promised to be read, jars must be built for it.")
            : new(name, PreflightState.Go, $"From {words}; image and jar must be of the new version.");
    }

    private static (int Major, int Minor)? Of(string? version) =>
        version?.TrimStart('v').Split('_') is [var major, var minor] && int.TryParse(major, CultureInfo.InvariantCulture, out var a) && int.TryParse(minor, CultureInfo.InvariantCulture, out var b) ? (a, b) : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
