using System.Text.Json;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>Names one object for a write.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace, or null.</param>
/// <param name="Name">Its name.</param>
public sealed record ObjectName(KindInfo Kind, string? Namespace, string Name);

public sealed partial class KubernetesApi
{
    /// <summary>Who wrote, in <c>managedFields</c>.</summary>
    public const string FieldManager = "flink-dashboard";

    private const string MergePatchType = "application/merge-patch+json";

    /// <summary>Merge patch; returns the object as it is then (with <paramref name="dryRun"/>: as it would be, after admission). Unknown fields are an error.</summary>
    public async Task<T> PatchAsync<T>(KindInfo<T> kind, string? ns, string name, MergePatch patch, bool dryRun, UserIdentity? user, CancellationToken stop) where T : class, IKubernetesObject =>
        Decode(await ReadAsync(new("PATCH", ApiPath.Of(kind, ns, name) + WriteOptions(dryRun))
        {
            Body = patch.ToString(),
            ContentType = MergePatchType,
            As = user
        }, stop), kind.Item);

    /// <summary>Asks whether a merge patch would be accepted: a dry run.</summary>
    public Task TryPatchAsync(ObjectName target, MergePatch patch, UserIdentity? user, CancellationToken stop) =>
        ReadAsync(new("PATCH", ApiPath.Of(target.Kind, target.Namespace, target.Name) + WriteOptions(true)) { Body = patch.ToString(), ContentType = MergePatchType, As = user }, stop);

    /// <summary>Sets <c>spec.replicas</c> of the <c>scale</c> subresource; 409 when the object changed after <paramref name="resourceVersion"/>.</summary>
    public Task PatchScaleAsync(ObjectName target, int replicas, string resourceVersion, bool dryRun, UserIdentity? user, CancellationToken stop) =>
        ReadAsync(new("PATCH", $"{ApiPath.Of(target.Kind, target.Namespace, target.Name)}/scale{WriteOptions(dryRun)}")
        {
            Body = MergePatch.Nothing.And("spec.replicas", replicas.ToString(System.Globalization.CultureInfo.InvariantCulture), Model.Manifests.ScalarKind.Number).OnlyIf(resourceVersion).ToString(),
            ContentType = MergePatchType,
            As = user
        }, stop);

    /// <summary>Creates an object from its manifest; returns its metadata as stored. Unknown fields are an error.</summary>
    public async Task<ObjectMeta> CreateAsync(KindInfo kind, string? ns, Model.Manifests.Manifest manifest, bool dryRun, UserIdentity? user, CancellationToken stop) =>
        Decode(await ReadAsync(new("POST", ApiPath.Of(kind, ns) + WriteOptions(dryRun))
        {
            Body = manifest.Json.ToJsonString(),
            As = user
        }, stop), KindParsing.Metadata).Metadata;

    /// <summary>Deletes exactly the object with this uid; 409 when another one has taken its name.</summary>
    public Task DeleteAsync(ObjectName target, string uid, bool dryRun, UserIdentity? user, CancellationToken stop) =>
        ReadAsync(new("DELETE", ApiPath.Of(target.Kind, target.Namespace, target.Name) + (dryRun ? "?dryRun=All" : ""))
        {
            Body = JsonSerializer.Serialize(new DeleteBody { Preconditions = new(uid), DryRun = dryRun ? ["All"] : null }, WireJson.Default.DeleteBody),
            As = user
        }, stop);

    private static string WriteOptions(bool dryRun) => $"?fieldManager={FieldManager}&fieldValidation=Strict{(dryRun ? "&dryRun=All" : "")}";

    /// <summary>Writes a core/v1 Event on an object, with the dashboard's own credentials. Times are now.</summary>
    public Task CreateEventAsync(ObjectName about, string uid, string reason, string message, bool warning, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var ns = about.Namespace ?? "default";
        var body = new EventBody
        {
            Metadata = new(null, $"{about.Name}.", ns),
            InvolvedObject = new(about.Kind.Kind, about.Kind.ApiVersion, about.Namespace, about.Name, uid),
            Reason = reason,
            Message = message.Length > 1024 ? message[..1024] : message,
            Type = warning ? "Warning" : "Normal",
            FirstTimestamp = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null),
            LastTimestamp = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null)
        };
        return ReadAsync(new("POST", $"/api/v1/namespaces/{Uri.EscapeDataString(ns)}/events?fieldManager={FieldManager}")
        {
            Body = JsonSerializer.Serialize(body, WireJson.Default.EventBody)
        }, stop);
    }
}

/// <summary>meta/v1 DeleteOptions.</summary>
internal sealed record DeleteBody
{
    public string Kind { get; init; } = "DeleteOptions";
    public string ApiVersion { get; init; } = "v1";
    public DeletePreconditions? Preconditions { get; init; }
    public IReadOnlyList<string>? DryRun { get; init; }
}

/// <summary>meta/v1 Preconditions.</summary>
internal sealed record DeletePreconditions(string Uid);

/// <summary>core/v1 Event as this app writes it.</summary>
internal sealed record EventBody
{
    public string Kind { get; init; } = "Event";
    public string ApiVersion { get; init; } = "v1";
    public EventMetadata? Metadata { get; init; }
    public EventSubject? InvolvedObject { get; init; }
    public string? Reason { get; init; }
    public string? Message { get; init; }
    public string? Type { get; init; }
    public int Count { get; init; } = 1;
    public EventOrigin Source { get; init; } = new(KubernetesApi.FieldManager);
    public string? FirstTimestamp { get; init; }
    public string? LastTimestamp { get; init; }
}

/// <summary>Its metadata.</summary>
internal sealed record EventMetadata(string? Name, string? GenerateName, string Namespace);

/// <summary>What it is about.</summary>
internal sealed record EventSubject(string Kind, string ApiVersion, string? Namespace, string Name, string Uid);

/// <summary>Who wrote it.</summary>
internal sealed record EventOrigin(string Component);
