using System.Text.Json.Serialization;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>Source-generated readers of the small shapes that only this gateway sees.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(VersionInfo))]
[JsonSerializable(typeof(BookmarkObject))]
[JsonSerializable(typeof(ListMeta))]
[JsonSerializable(typeof(AccessReviewBody))]
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(DeleteBody))]
internal sealed partial class WireJson : JsonSerializerContext;

/// <summary><c>/version</c>.</summary>
internal sealed record VersionInfo(string? GitVersion);

/// <summary>The object of a BOOKMARK event.</summary>
internal sealed record BookmarkObject(BookmarkMetadata? Metadata);

/// <summary>Its metadata.</summary>
internal sealed record BookmarkMetadata(string? ResourceVersion);
