using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Operations;
using FlinkDashboard.Ui.Actions;
using FlinkDashboard.Ui.Flink;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Features;

/// <summary>Taking, restoring from and disposing of savepoints and checkpoints: on the pages of applications, session jobs and snapshots.</summary>
public sealed class SnapshotActions(SnapshotOperations operations, EditTelling telling, ClusterView cluster, ViewerRights rights, TimeProvider clock)
{
    /// <summary>Savepoint and Checkpoint of an application.</summary>
    public IReadOnlyList<ActionOffer> Take(FlinkDeployment app) => Take(app, FlinkTarget.Of(app), (request, why, stop) => operations.TriggerAsync(app, request, cluster.User, why, stop));

    /// <summary>Of either.</summary>
    public IReadOnlyList<ActionOffer> Take(IKubernetesObject one) => one is FlinkSessionJob job ? Take(job) : Take((FlinkDeployment)one);

    /// <summary>The same for a session job.</summary>
    public IReadOnlyList<ActionOffer> Take(FlinkSessionJob job) => Take(job, FlinkTarget.Of(job), (request, why, stop) => operations.TriggerAsync(job, request, cluster.User, why, stop));

    /// <summary>Restore from a path that is asked for; the known ones are offered.</summary>
    public ActionOffer Restore(IKubernetesObject one, IReadOnlyList<SnapshotRow> known)
    {
        var target = FlinkTarget.OfEither(one);
        SnapshotRow[] good = [.. known.Where(SnapshotExplained.CanBeRestored).OrderByDescending(row => row.At)];
        var now = clock.GetUtcNow();
        var field = new ActionField("path", "Path", good.FirstOrDefault()?.Path ?? "")
        {
            Hint = "of a savepoint or a retained checkpoint",
            Mono = true,
            Choices = [.. good.Select(row => (row.Path!, $"{row.Kind}{(row.At is { } at ? $", {AgeText.Of(now - at)} old" : "")}"))],
            Refusal = path => SnapshotRules.CanRestore(target, path) is { Allowed: false } no ? no.Reason : null,
        };
        return ActionOffer.Asking("Restore", "back", one.Metadata.Name, Refusal(SnapshotRules.CanRestore(target, "any"), MayPatch(one)), telling.Form(one, [field], values => SpecEdits.RestoreFrom(target, values["path"]), (values, why, stop) => RestoreAsync(one, values["path"], why, stop))) with { Question = $"Restore {one.Metadata.Name} from…" };
    }

    /// <summary>What may be done with one snapshot: Restore and Dispose.</summary>
    public IReadOnlyList<ActionOffer> Of(SnapshotRow row)
    {
        var offers = new List<ActionOffer>();
        IKubernetesObject? job = row.JobKind == FlinkSessionJob.Info.Kind ? cluster.Find<FlinkSessionJob>(row.Namespace, row.Job) : cluster.Find<FlinkDeployment>(row.Namespace, row.Job);
        if (job is not null && SnapshotExplained.CanBeRestored(row))
            offers.Add(RestoreFrom(job, row.Path!, row.Kind));
        if (row.Origin == SnapshotOrigin.Object && cluster.Find<FlinkStateSnapshot>(row.Namespace, row.Name) is { } snapshot)
            offers.Add(Dispose(snapshot, job));
        return offers;
    }

    /// <summary>Restore from a savepoint or checkpoint that stands in storage.</summary>
    /// <param name="job">What continues from it.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="noun">savepoint or checkpoint.</param>
    public ActionOffer RestoreFrom(IKubernetesObject job, string path, string noun)
    {
        var target = FlinkTarget.OfEither(job);
        return new("Restore", "back", job.Metadata.Name, Refusal(SnapshotRules.CanRestore(target, path), MayPatch(job)), () => telling.Told(job, SpecEdits.RestoreFrom(target, path)),
            async (why, stop) => EditTelling.Ended(await RestoreAsync(job, path, why, stop)))
        { Question = $"Restore {job.Metadata.Name} from this {noun}?" };
    }

    private IReadOnlyList<ActionOffer> Take(IKubernetesObject one, FlinkTarget target, Func<SnapshotRequest, string?, CancellationToken, Task<OperationResult>> run)
    {
        var resource = operations.HasResource;
        var right = resource ? rights.May("create", FlinkStateSnapshot.Info, one.Metadata.Namespace, "") : MayPatch(one);
        ActionOffer Offer(SnapshotKind kind, string icon)
        {
            var plain = new SnapshotRequest(kind);
            ActionConsequence Tell(SnapshotRequest request)
            {
                var told = ConsequenceOf.Trigger(target, request, resource);
                return new(told.Summary, told.Details, told.LosesState, told.Command);
            }
            var offer = new ActionOffer(kind.ToString(), icon, one.Metadata.Name, Refusal(SnapshotRules.CanTrigger(target, plain, resource), right), () => Tell(plain), async (why, stop) => EditTelling.Ended(await run(plain, why, stop)))
            {
                Question = $"Take a {plain.Noun} of {one.Metadata.Name}?",
                Consent = $"Take {plain.Noun}",
            };
            return !resource ? offer : offer with { Form = new ActionForm(Fields(kind), values => Tell(Request(kind, values)), async (values, why, stop) => EditTelling.Ended(await run(Request(kind, values), why, stop))) };
        }
        return [Offer(SnapshotKind.Savepoint, "snapshots"), Offer(SnapshotKind.Checkpoint, "flag")];
    }

    private static ActionField[] Fields(SnapshotKind kind)
    {
        var attempts = new ActionField("attempts", "Attempts", "3", FieldShape.Choice) { Choices = [("1", "1"), ("3", "3"), ("10", "10"), ("endless", "without end, as the operator's default")] };
        return kind == SnapshotKind.Checkpoint ? [attempts] :
        [
            new("path", "Directory", "") { Hint = "empty: the job's savepoint directory", Mono = true },
            new("format", "Format", "", FieldShape.Choice) { Choices = [("", "operator's default (CANONICAL)"), ("CANONICAL", "CANONICAL: can be moved between state backends"), ("NATIVE", "NATIVE: faster, same state backend only")] },
            new("keep", "Keep the files when the snapshot object is deleted", "true", FieldShape.Switch),
            attempts,
        ];
    }

    private static SnapshotRequest Request(SnapshotKind kind, ActionValues values)
    {
        int? limit = values["attempts"] == "endless" ? null : values.Number("attempts") - 1;
        return kind == SnapshotKind.Checkpoint ? new(kind) { BackoffLimit = limit }
            : new(kind) { BackoffLimit = limit, Path = values["path"] is { Length: > 0 } path ? path : null, FormatType = values["format"] is { Length: > 0 } format ? format : null, DisposeOnDelete = !values.IsOn("keep") };
    }

    private ActionOffer Dispose(FlinkStateSnapshot snapshot, IKubernetesObject? job)
    {
        var target = job is null ? null : FlinkTarget.OfEither(job);
        var right = rights.May("delete", FlinkStateSnapshot.Info, snapshot.Metadata.Namespace, snapshot.Metadata.Name);
        var files = SnapshotRules.DeletesFiles(snapshot);
        var withFiles = SnapshotRules.CanDispose(snapshot, target, keepFiles: false);
        IEnumerable<FlinkTarget> Jobs() => cluster.In<FlinkDeployment>(snapshot.Metadata.Namespace).Select(FlinkTarget.Of).Concat(cluster.In<FlinkSessionJob>(snapshot.Metadata.Namespace).Select(FlinkTarget.Of));
        ActionConsequence Tell(bool keep)
        {
            var told = ConsequenceOf.Dispose(snapshot, Jobs(), keep, clock.GetUtcNow());
            return new(told.Summary, told.Details, told.LosesState, told.Command) { Problems = SnapshotRules.CanDispose(snapshot, target, keep) is { Allowed: false } no ? [no.Reason] : [] };
        }
        var keepAlways = !files || !withFiles.Allowed;
        var offer = new ActionOffer("Dispose", "trash", snapshot.Metadata.Name, Refusal(SnapshotRules.CanDispose(snapshot, target, keepFiles: true), right), () => Tell(keepAlways && files),
            async (why, stop) => EditTelling.Ended(await operations.DisposeAsync(snapshot, keepAlways && files, cluster.User, why, stop)));
        return !files ? offer : offer with
        {
            Form = new ActionForm([new("keep", "Keep the files", withFiles.Allowed ? "false" : "true", FieldShape.Switch) { Hint = withFiles.Allowed ? null : "they can be deleted only while the job runs" }],
                values => Tell(values.IsOn("keep")), async (values, why, stop) => EditTelling.Ended(await operations.DisposeAsync(snapshot, values.IsOn("keep"), cluster.User, why, stop))),
        };
    }

    private Task<OperationResult> RestoreAsync(IKubernetesObject one, string path, string? why, CancellationToken stop) =>
        one is FlinkSessionJob job ? operations.RestoreFromAsync(job, path, cluster.User, why, stop) : operations.RestoreFromAsync((FlinkDeployment)one, path, cluster.User, why, stop);

    private Decision MayPatch(IKubernetesObject one) => rights.May("patch", one is FlinkSessionJob ? FlinkSessionJob.Info : FlinkDeployment.Info, one.Metadata.Namespace, one.Metadata.Name);

    private static string? Refusal(Decision rule, Decision right) => !rule.Allowed ? rule.Reason : right.Allowed ? null : right.Reason;
}
