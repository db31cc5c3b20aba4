using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.World;

/// <summary>A refusal with the content of a Kubernetes <c>Status</c>. The store throws it, the API server writes it.</summary>
public sealed class ApiError(int code, string reason, string message, JsonObject? details = null) : Exception(message)
{
    /// <summary>HTTP code.</summary>
    public int Code => code;

    /// <summary>Status reason, for instance <c>Conflict</c>.</summary>
    public string Reason => reason;

    /// <summary>Status details: name, group, kind, causes, retryAfterSeconds.</summary>
    public JsonObject? Details => details;

    private static JsonObject About(ResourceType type, string name)
    {
        var about = new JsonObject { ["name"] = name };
        if (type.Group.Length > 0)
            about["group"] = type.Group;
        about["kind"] = type.Plural;
        return about;
    }

    /// <summary>404.</summary>
    public static ApiError NotFound(ResourceType type, string name) =>
        new(404, "NotFound", $"{type.QualifiedName} \"{name}\" not found", About(type, name));

    /// <summary>409 on create.</summary>
    public static ApiError AlreadyExists(ResourceType type, string name) =>
        new(409, "AlreadyExists", $"{type.QualifiedName} \"{name}\" already exists", About(type, name));

    /// <summary>409 on a stale write.</summary>
    public static ApiError Conflict(ResourceType type, string name) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {type.QualifiedName} \"{name}\": the object has been modified; please apply your changes to the latest version and try again", About(type, name));

    /// <summary>410: the version asked for is no longer in the log.</summary>
    public static ApiError Expired(long asked, long oldest) =>
        new(410, "Expired", $"too old resource version: {asked} ({oldest})");
}
