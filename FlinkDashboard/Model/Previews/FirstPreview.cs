using System.Text.Json.Nodes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Previews;

/// <summary>Objects that were never deployed.</summary>
internal static class FirstPreview
{
    public static EffectPreview Of(PreviewInput input, JsonObject spec, string kind)
    {
        if (Standing.IsSuspended(spec))
            return Previewing.Empty(EffectKind.NoEffect, "Nothing is started: the operator leaves an object alone that is created suspended, until its job.state is running.");
        var path = spec.Text("job", "initialSavepointPath");
        var preview = Previewing.Empty(EffectKind.FirstDeployment, Sentence(spec, kind, path)) with
        {
            Restore = spec["job"] is null ? RestoreFrom.Undecided : path is null ? RestoreFrom.EmptyState : RestoreFrom.KnownSavepoint,
            State = path is null ? null : PathWords.Point(path, input.Snapshots),
            Notes = [.. Notes(spec)],
        };
        return kind == "FlinkSessionJob" ? OnCluster(input, spec, preview) : preview;
    }

    private static string Sentence(JsonObject spec, string kind, string? path)
    {
        var what = kind == "FlinkSessionJob" ? $"Submits the job to the session cluster {spec.Text("deploymentName")}" : spec["job"] is null ? "Starts the session cluster" : "Starts the application";
        return spec["job"] is null ? what + "." : path is null ? $"{what} for the first time, with empty state." : $"{what} for the first time, from {path}.";
    }

    private static EffectPreview OnCluster(PreviewInput input, JsonObject spec, EffectPreview preview)
    {
        if (input.SessionCluster is not { } cluster)
            return preview with { Notes = [.. preview.Notes, $"If there is no session cluster {spec.Text("deploymentName")} in the namespace, nothing happens until there is one."] };
        return cluster.Status.JobManagerDeploymentStatus == JobManagerStatus.Ready
            ? preview
            : preview with { Kind = EffectKind.Waits, Sentence = $"Waits until the session cluster {cluster.Metadata.Name} is READY, then submits the job." };
    }

    private static IEnumerable<string> Notes(JsonObject spec)
    {
        if (spec["job"] is not JsonObject job)
            yield break;
        foreach (var nonce in (string[])["savepointTriggerNonce", "checkpointTriggerNonce", "savepointRedeployNonce"])
        {
            if (job[nonce] is not null)
                yield return $"{nonce} counts as handled: a value that is there from the start triggers nothing.";
        }
    }
}

/// <summary>State points named by a path.</summary>
internal static class PathWords
{
    public static StatePoint Point(string path, IReadOnlyCollection<FlinkStateSnapshot> snapshots) =>
        new(path.Contains("/chk-", StringComparison.Ordinal) ? "checkpoint" : "savepoint", path, snapshots.FirstOrDefault(s => Same(s.Status.Path, path))?.Status.ResultTimestamp);

    // file:/x and file:///x are the same place.
    private static bool Same(string? a, string b) => a is not null && a.Replace(":///", ":/", StringComparison.Ordinal) == b.Replace(":///", ":/", StringComparison.Ordinal);
}
