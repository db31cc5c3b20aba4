using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Revisions;

namespace FlinkDashboard.Gateways.Kubernetes;

public sealed partial class KubernetesApi
{
    /// <summary>The revisions kept of an object, oldest first.</summary>
    /// <param name="owner">The object.</param>
    /// <param name="user">Read as them; null as the dashboard itself.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<IReadOnlyList<ControllerRevision>> ListRevisionsAsync(ObjectMeta owner, UserIdentity? user, CancellationToken stop)
    {
        var path = $"{ApiPath.Of(ControllerRevision.Info, owner.Namespace)}?labelSelector={Uri.EscapeDataString($"{RevisionLabels.OwnerUid}={owner.Uid}")}";
        var list = Decode(await ReadAsync(new("GET", path) { As = user }, stop), ControllerRevision.Info.List);
        return [.. list.Items.OrderBy(r => r.Revision).ThenBy(r => RevisionStamp.Of(r.Metadata).Generation)];
    }

    /// <summary>Keeps a spec, with the dashboard's own credentials; 409 when it is kept already.</summary>
    public Task CreateRevisionAsync(KindInfo kind, ObjectMeta owner, RevisionContent content, long number, RevisionStamp stamp, CancellationToken stop) =>
        ReadAsync(new("POST", ApiPath.Of(ControllerRevision.Info, owner.Namespace) + WriteOptions(false)) { Body = stamp.ToJson(kind, owner, content, number) }, stop);

    /// <summary>Gives a kept revision a number and a stamp, with the dashboard's own credentials; 409 when somebody else just did.</summary>
    public Task StampRevisionAsync(ControllerRevision revision, long number, RevisionStamp stamp, CancellationToken stop) =>
        ReadAsync(new("PATCH", ApiPath.Of(ControllerRevision.Info, revision.Metadata.Namespace, revision.Metadata.Name) + WriteOptions(false))
        {
            Body = stamp.ToPatch(number, revision.Metadata.ResourceVersion),
            ContentType = MergePatchType
        }, stop);

    /// <summary>The spec that a revision keeps, as a manifest with kind, name and spec.</summary>
    public async Task<Manifest> ReadRevisionAsync(ObjectMeta owner, string revision, UserIdentity? user, CancellationToken stop)
    {
        var data = await DataAsync(owner.Namespace, revision, user, stop);
        return Written(new()
        {
            ["apiVersion"] = data["apiVersion"]?.DeepClone(),
            ["kind"] = data["kind"]?.DeepClone(),
            ["metadata"] = new JsonObject { ["name"] = owner.Name, ["namespace"] = owner.Namespace },
            ["spec"] = data["spec"]?.DeepClone()
        });
    }

    /// <summary>A document with the spec of a revision in place of its own; see <see cref="RevisionContent.RolledBack"/>.</summary>
    public async Task<Manifest> RolledBackAsync(Manifest standing, string revision, string? upgradeMode, UserIdentity? user, CancellationToken stop) =>
        Written(RevisionContent.RolledBack(standing.Json, await DataAsync(standing.Namespace, revision, user, stop), upgradeMode));

    private async Task<JsonObject> DataAsync(string? ns, string revision, UserIdentity? user, CancellationToken stop)
    {
        var body = await ReadAsync(new("GET", ApiPath.Of(ControllerRevision.Info, ns, revision)) { As = user }, stop);
        return JsonNode.Parse(body)?["data"] as JsonObject ?? throw new KubernetesApiException(0, "NotUnderstood", $"Revision {revision} holds no data.");
    }

    private static Manifest Written(JsonObject document)
    {
        using var parsed = JsonDocument.Parse(document.ToJsonString());
        return Manifest.Parse(YamlText.Of(parsed.RootElement));
    }
}
