using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Revisions;

/// <summary>Who wrote a spec and when, as it stands in the annotations of a kept revision.</summary>
/// <param name="Generation">Generation of the resource.</param>
/// <param name="Author">A user of this dashboard or a field manager; null when not known.</param>
/// <param name="At">When it was written; null when not known.</param>
public sealed record RevisionStamp(long Generation, string? Author, DateTimeOffset? At)
{
    /// <summary>Reads the annotations.</summary>
    public static RevisionStamp Of(ObjectMeta revision) => new(
        long.TryParse(revision.Annotations[RevisionLabels.Generation], CultureInfo.InvariantCulture, out var generation) ? generation : 0,
        revision.Annotations[RevisionLabels.Author] is { Length: > 0 } author ? author : null,
        DateTimeOffset.TryParse(revision.Annotations[RevisionLabels.At], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null);

    /// <summary>A new ControllerRevision, owned by its resource.</summary>
    public string ToJson(KindInfo kind, ObjectMeta owner, RevisionContent content, long number) => new JsonObject
    {
        ["apiVersion"] = ControllerRevision.Info.ApiVersion,
        ["kind"] = ControllerRevision.Info.Kind,
        ["metadata"] = new JsonObject
        {
            ["name"] = NameOf(kind, owner, content),
            ["namespace"] = owner.Namespace,
            ["labels"] = new JsonObject { [RevisionLabels.OwnerUid] = owner.Uid, [RevisionLabels.Hash] = content.Hash, [RevisionLabels.KeptBy] = "flink-dashboard" },
            ["annotations"] = Annotations(),
            ["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = kind.ApiVersion,
                ["kind"] = kind.Kind,
                ["name"] = owner.Name,
                ["uid"] = owner.Uid,
                ["controller"] = true
            })
        },
        ["revision"] = number,
        ["data"] = content.Data.DeepClone()
    }.ToJsonString();

    /// <summary>A merge patch that gives a kept revision a new number and this stamp.</summary>
    public string ToPatch(long number, string resourceVersion) => new JsonObject
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = resourceVersion, ["annotations"] = Annotations() },
        ["revision"] = number
    }.ToJsonString();

    /// <summary>
    /// Name of the revision: the same for the same content of the same object, so that several dashboards meet in one. The uid keeps it apart from what
    /// the garbage collector has not yet removed of a predecessor of the same name.
    /// </summary>
    public static string NameOf(KindInfo kind, ObjectMeta owner, RevisionContent content) =>
        $"{owner.Name}-{(kind == FlinkDeployment.Info ? "" : kind == FlinkSessionJob.Info ? "job-" : "bluegreen-")}{(owner.Uid.Length >= 5 ? owner.Uid[..5] : owner.Uid)}-{content.Hash}".ToLowerInvariant();

    private JsonObject Annotations() => new()
    {
        [RevisionLabels.Generation] = Generation.ToString(CultureInfo.InvariantCulture),
        [RevisionLabels.Author] = Author ?? "",
        [RevisionLabels.At] = At?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? ""
    };
}
