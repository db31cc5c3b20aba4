using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlinkDashboard.Model.Audit;

/// <summary>How far an audited action is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditStage>))]
public enum AuditStage
{
    /// <summary>A user asked for it; nothing has been sent.</summary>
    Issued,

    /// <summary>The API server accepted it.</summary>
    Executed,

    /// <summary>A rule, a missing right or the API server refused it, or it could not be sent.</summary>
    Failed
}

/// <summary>One line of the audit trail.</summary>
public sealed record AuditEntry
{
    /// <summary>Always <c>audit</c>, to find these lines among others.</summary>
    public string Log { get; init; } = "audit";

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The same for all lines of one action.</summary>
    public required string Id { get; init; }

    /// <summary>How far.</summary>
    public required AuditStage Stage { get; init; }

    /// <summary>Who, as the cluster knows them.</summary>
    public required string User { get; init; }

    /// <summary>Suspend, Resume, Delete.</summary>
    public required string Action { get; init; }

    /// <summary>Kind of the object.</summary>
    public required string Kind { get; init; }

    /// <summary>Its namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its uid.</summary>
    public string? Uid { get; init; }

    /// <summary>Why the user did it, in their words.</summary>
    public string? Reason { get; init; }

    /// <summary>What was sent, as a kubectl command.</summary>
    public string? Command { get; init; }

    /// <summary>What came of it.</summary>
    public string? Result { get; init; }

    /// <summary>One line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, AuditJson.Default.AuditEntry);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class AuditJson : JsonSerializerContext;
